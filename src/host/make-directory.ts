import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, fileError } from './file-errors.ts';
import { syncDirectories } from './sync-directory.ts';

/**
 * Creates a directory with exactly `mode` and its missing parents with exactly `parents`, durably. Returns what was created,
 * outermost first (empty when it exists already; its mode is then left alone). Safe when several processes do the same.
 * Errors: SetpointError SP601x, exit 1, also when something on the way is not a directory.
 */
export async function makeDirectoryDurably(
  path: string,
  mode: number,
  parents: number = mode,
): Promise<string[]> {
  const { created, holders } = makeDirectory(path, mode, parents);
  await syncDirectories(holders);
  return created;
}

export interface MadeDirectory {
  /** Outermost first. */
  readonly created: string[];
  /** Directories to be synced before the new names are relied on. */
  readonly holders: readonly string[];
}

/** {@link makeDirectoryDurably} for a caller who makes many directories and syncs their holders once. */
export function makeDirectory(path: string, mode: number, parents: number = mode): MadeDirectory {
  const created: string[] = [];
  try {
    const wanted = missing(path);
    for (const directory of wanted) {
      try {
        const exact = directory === wanted.at(-1) ? mode : parents;
        mkdirSync(directory, { mode: exact });
        chmodSync(directory, exact);
        created.push(directory);
      } catch (error) {
        // Another process made it meanwhile; a dangling symlink gives EEXIST too.
        if (errorCode(error) !== 'EEXIST' || !statSync(directory).isDirectory()) throw error;
      }
    }
    return { created, holders: wanted.map((directory) => dirname(directory)) };
  } catch (error) {
    throw fileError(error, 'create the directory', path);
  }
}

function missing(path: string): string[] {
  const directories: string[] = [];
  let current = path;
  for (;;) {
    const found = statSync(current, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return directories;
    if (found !== undefined) {
      throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR', syscall: 'mkdir' });
    }
    directories.unshift(current);
    const parent = dirname(current);
    if (parent === current) return directories;
    current = parent;
  }
}
