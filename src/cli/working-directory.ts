import { isAbsolute, resolve } from 'node:path';

import { usageError } from './usage-error.ts';

/** The directory that the command was started in; `null` when it was deleted since. */
export function workingDirectory(): string | null {
  try {
    return process.cwd();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The absolute path of `path`, which stood behind `flag`. Throws a usage error when there is nothing to begin at: never takes `/`. */
export function absolutePath(flag: string, path: string): string {
  // Resolved, it would be the current directory: an unset variable of a script must not choose it.
  if (path === '')
    throw usageError('SP9001', `${flag} is empty`, 'name a directory, or leave it out');
  if (isAbsolute(path)) return resolve(path);
  const from = workingDirectory();
  if (from !== null) return resolve(from, path);
  throw usageError(
    'SP9010',
    `${flag} ${path}: relative to the current directory, which was deleted`,
    'cd to a directory that exists, or write the path from / on',
  );
}

/**
 * Libraries that start git ask for a current directory, whatever it is. Called when every relative path of the command line has
 * been read or refused: none may be taken from `/`.
 */
export function leaveDeletedDirectory(): void {
  if (workingDirectory() === null) process.chdir('/');
}
