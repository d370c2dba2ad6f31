import { closeSync, constants, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { fileError } from './file-errors.ts';

const fsyncAsync = promisify(fsync);

/**
 * Makes the names in a directory durable: created, renamed and removed entries. Only the sync itself waits for a disk, so only that goes
 * to another thread. Errors: SetpointError SP601x, exit 1.
 */
export async function syncDirectory(path: string): Promise<void> {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      await fsyncAsync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileError(error, 'sync the directory', path);
  }
}

/** {@link syncDirectory} for each distinct path, in parallel. Ends when all ended; then throws the first error, if any. */
export async function syncDirectories(paths: Iterable<string>): Promise<void> {
  const results = await Promise.allSettled([...new Set(paths)].map(syncDirectory));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
