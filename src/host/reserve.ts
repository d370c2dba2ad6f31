import { closeSync, fsync, ftruncateSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { linkUnlessThere } from './durable.ts';
import { errorCode, fileError } from './file-errors.ts';
import { syncDirectory } from './sync-directory.ts';
import { temporaryName } from './temporary-names.ts';
import { openNew, overwriteAll, writeAll } from './write-all.ts';

const sync = promisify(fsync);

/** Bytes of a reserve. */
export const RESERVE = 16 * 1024;

/**
 * Takes room for a file that has to be created even when the disk is full by then. Written, because a hole holds no room; not synced:
 * after a power cut there is none, and a full disk refuses as it would without. Errors: SP601x.
 */
export function reserveRoom(reserve: string): void {
  try {
    const fd = openNew(reserve);
    try {
      writeAll(fd, Buffer.alloc(RESERVE, ' '));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileError(error, 'reserve room in', reserve);
  }
}

/** Gives reserved room back. No error when there is none. Errors: SP601x. */
export function freeReserve(reserve: string): void {
  try {
    unlinkSync(reserve);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(error, 'remove', reserve);
  }
}

/**
 * As `createExclusively` (durable.ts), into the room of a reserve, which is used up: nothing has to be allocated. `null` when the
 * reserve is not there (any more), or too small. Errors: SP601x.
 */
export async function createFromReserve(
  reserve: string,
  path: string,
  bytes: Uint8Array,
): Promise<boolean | null> {
  if (bytes.length > RESERVE) return null;
  // Nobody else writes to it from here on.
  const own = join(dirname(reserve), temporaryName());
  try {
    renameSync(reserve, own);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw fileError(error, 'create', path);
  }
  try {
    await overwrite(own, bytes);
    const created = linkUnlessThere(own, path);
    await syncDirectory(dirname(path));
    return created;
  } catch (error) {
    throw fileError(error, 'create', path);
  } finally {
    freeReserve(own);
  }
}

async function overwrite(file: string, bytes: Uint8Array): Promise<void> {
  const fd = openSync(file, 'r+');
  try {
    overwriteAll(fd, bytes);
    ftruncateSync(fd, bytes.length);
    await sync(fd);
  } finally {
    closeSync(fd);
  }
}
