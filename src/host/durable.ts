import {
  closeSync,
  existsSync,
  fchmodSync,
  fsync,
  linkSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, fileError } from './file-errors.ts';
import { syncDirectory } from './sync-directory.ts';
import { temporaryName } from './temporary-names.ts';
import { openNew, writeAll } from './write-all.ts';

export { makeDirectoryDurably } from './make-directory.ts';
export { syncDirectories, syncDirectory } from './sync-directory.ts';

const sync = promisify(fsync);

/**
 * Replaces (or creates) `path` with `bytes`; after it resolves, the new content survives a power loss, and at no time
 * is there anything but the whole old or the whole new file. `mode` is exact, whatever the umask.
 * Errors: SetpointError SP6010–SP6015, exit 1; the old file is then untouched unless only the last sync failed.
 */
export async function writeDurably(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await writeComplete(temporary, bytes, mode);
    try {
      renameSync(temporary, path);
    } catch (error) {
      discard(temporary);
      throw error;
    }
    await syncDirectory(dirname(path));
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

/**
 * Creates `path` with `bytes` unless it exists. Of any number of processes exactly one gets `true`, and nobody ever sees
 * a part of the content (the file is complete and synced before link(2) gives it its name). Durable in both cases: the
 * loser acts on the winner's content, so that must not vanish in a power loss either.
 * Errors: SetpointError SP6010–SP6015, exit 1.
 */
export async function createExclusively(
  path: string,
  bytes: Uint8Array,
  mode: number,
): Promise<boolean> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await writeComplete(temporary, bytes, mode);
    let created: boolean;
    try {
      created = linkUnlessThere(temporary, path);
    } finally {
      discard(temporary);
    }
    await syncDirectory(dirname(path));
    return created;
  } catch (error) {
    throw fileError(error, 'create', path);
  }
}

/**
 * Gives a complete file its name unless somebody else's has it: false. The winner may have swept away what the loser had not linked
 * yet; then that is gone, too. Not durable. Throws system errors.
 */
export function linkUnlessThere(file: string, path: string): boolean {
  try {
    linkSync(file, path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' || (code === 'ENOENT' && existsSync(path))) return false;
    throw error;
  }
}

/** Removes a file so that it stays removed after a power loss. Returns whether it was there. Errors as {@link writeDurably}. */
export async function removeDurably(path: string): Promise<boolean> {
  let existed = true;
  try {
    try {
      unlinkSync(path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      existed = false;
    }
    // Also when it was gone: whoever removed it may have died before the sync.
    await syncDirectory(dirname(path));
    return existed;
  } catch (error) {
    throw fileError(error, 'remove', path);
  }
}

async function writeComplete(temporary: string, bytes: Uint8Array, mode: number): Promise<void> {
  const fd = openNew(temporary);
  let open = true;
  try {
    writeAll(fd, bytes);
    fchmodSync(fd, mode);
    await sync(fd);
    open = false;
    closeSync(fd);
  } catch (error) {
    if (open) closeSync(fd);
    discard(temporary);
    throw error;
  }
}

/** Best effort: a leftover is harmless (see temporary-names.ts), and the error being handled matters more. */
function discard(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // Swept by name later.
  }
}
