import type { Present, Surroundings } from '../../kinds/surroundings.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import { itemId } from './declarations.ts';
import type { FileDifference, FileQuestion } from './plan-file-change.ts';
import type { PlannerInput } from './planner-input.ts';
import type { World } from './world.ts';

/**
 * The host as it will be when a file of a plan is written: as it was looked at, with what earlier parts leave and what earlier
 * resources of the same plan write.
 */
export function surroundingsOf(
  { looked, acknowledged, schemas }: PlannerInput,
  world: World,
  earlier: readonly FileDifference[],
  { plan, path: file, declarations }: Pick<FileQuestion, 'plan' | 'path' | 'declarations'>,
): Surroundings {
  return {
    change: {
      plan,
      acknowledged: acknowledged?.includes(plan) === true,
      declares: (key) => declarations.byItem.has(itemId(file, key)),
    },
    ...(schemas === undefined ? {} : { schemas }),
    at: (path) => presentAt(looked, world, earlier, path),
    real: (path) => looked?.get(path)?.path ?? path,
  };
}

/** What is at a path by then. */
export function presentAt(
  looked: PlannerInput['looked'],
  world: World,
  earlier: readonly FileDifference[],
  path: HostPath,
): Present {
  const found = looked?.get(path);
  const real = found?.path ?? path;
  const image = imageAt(world, earlier, real) ?? imageAt(world, earlier, path);
  if (image !== undefined) return image.exists ? 'file' : 'absent';
  const present = found?.present ?? 'unknown';
  if (present === 'file' || present === 'directory') return present;
  return hasBelow(world, earlier, real) ? 'directory' : present;
}

function imageAt(
  { files }: World,
  earlier: readonly FileDifference[],
  path: HostPath,
): FileImage | undefined {
  const written = earlier.find(({ file }) => file.path === path || file.declared === path);
  return written?.after ?? files.get(path)?.image;
}

/** Whether a managed file is or will be below a path, which then is a directory. */
function hasBelow(world: World, earlier: readonly FileDifference[], path: HostPath): boolean {
  const isBelow = (file: string): boolean => file.startsWith(`${path}/`);
  if (earlier.some(({ file, after }) => after.exists && isBelow(file.path))) return true;
  for (const [file, { image }] of world.files) if (image.exists && isBelow(file)) return true;
  return false;
}
