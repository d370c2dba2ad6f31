import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes a file, or a directory with all that is in it; links are not followed. Unlike rmSync, which tells an immutable file as "not
 * a directory", it throws the error of the call that was refused, with its path.
 */
export function removeTree(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    unlinkSync(path);
    return;
  }
  for (const name of readdirSync(path)) removeTree(join(path, name));
  rmdirSync(path);
}
