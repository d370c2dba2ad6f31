import type { FileImage } from '../model/file-image.ts';
import type { Fate } from './reach.ts';

/** What becomes of a file between two images of it; `null`: it stays, or is made. A mode alone changes nothing for who may read it. */
export function fateBetween(before: FileImage, after: FileImage): Fate['does'] | null {
  if (!before.exists) return null;
  if (!after.exists) return 'deletes';
  return Buffer.compare(before.bytes, after.bytes) === 0 ? null : 'changes';
}
