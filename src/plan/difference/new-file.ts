import type { FileImage } from '../../model/file-image.ts';
import type { PlannerInput } from './planner-input.ts';
import type { WorldFile } from './world.ts';

/** The image of a file that is made for somebody gets their owner and the mode that goes with it; any other stays. */
export function withNewOwner(
  { newFiles }: PlannerInput,
  file: WorldFile,
  image: FileImage,
): FileImage {
  const made = file.state === null && image.exists ? newFiles?.get(file.path) : undefined;
  if (made === undefined || !image.exists) return image;
  const { uid, gid, mode } = made;
  return { ...image, mode, owner: { uid, gid } };
}
