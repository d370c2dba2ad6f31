import { rmSync } from 'node:fs';
import { fileError } from '../file-errors.ts';

/** Unlinks one file; the caller syncs the directory, once for many. No error when it is gone already. Errors: SP601x. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fileError(error, 'remove', path);
  }
}
