import type { FileImage } from '../../../model/file-image.ts';
import { readContainer } from '../pod/container.ts';
import type { Container } from '../pod/container.ts';
import { readPod } from '../pod/parse-pod.ts';

/** The container that gates are about, `null` name: the only one; `null` where the manifest or it cannot be read. */
export function containerOf(image: FileImage, name: string | null, path: string): Container | null {
  const pod = readPod(image, path);
  const container = pod.ok ? readContainer(pod.value, name) : pod;
  return container.ok ? container.value : null;
}
