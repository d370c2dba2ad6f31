import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { fileError } from '../../host/file-errors.ts';
import { overwriteAll } from '../../host/write-all.ts';
import type { RealPath } from '../../model/brand.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import { writeOwnCrontab } from '../../host/own-crontab/write-own-crontab.ts';
import { noteGroup } from '../journal/noted-groups.ts';
import { readLive, readOpen, type LiveFile } from './live-file.ts';

const fsyncAsync = promisify(fsync);
const { O_RDWR, O_NOFOLLOW, O_NONBLOCK } = constants;

export interface Overwrite {
  readonly bytes: Uint8Array;
  /** Permission bits, exact. */
  readonly mode: number;
  /** Permissions before the content: whoever finds the content complete must find them, too. */
  readonly modeFirst: boolean;
  /** Where the process group of a program that writes is noted before it does. */
  readonly groups: RealPath;
}

/**
 * Writes all of a file through its own inode and syncs it. `check` is given what the descriptor holds, right before the first
 * write, and throws when that must stay. Never truncated before the end: a file that is cut off holds old bytes, new bytes and
 * nothing else (torn.ts). Errors: what `check` throws, SP601x; the file may then be torn.
 */
export async function overwrite(
  path: RealPath,
  { bytes, mode, modeFirst, groups }: Overwrite,
  check: (found: LiveFile) => void,
): Promise<void> {
  if (ownCrontab(path) !== null) {
    check(readLive(path));
    return overCrontab(path, bytes, (group) => note(groups, group, modeFirst));
  }
  await onFile(path, O_RDWR, async (fd) => {
    check(readOpen(fd));
    if (modeFirst) setMode(fd, mode);
    overwriteAll(fd, bytes);
    if (fstatSync(fd).size > bytes.length) ftruncateSync(fd, bytes.length);
    // Again in any case: writing clears the set-user-id bits.
    setMode(fd, mode);
    await fsyncAsync(fd);
  });
}

async function overCrontab(
  path: RealPath,
  bytes: Uint8Array,
  noted: (group: number) => void,
): Promise<void> {
  try {
    await writeOwnCrontab(bytes, noted);
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

/** What cannot be noted (full disk) does not run, except in a revert. */
function note(groups: RealPath, group: number, reverting: boolean): void {
  try {
    noteGroup(groups, group);
  } catch (error) {
    if (!reverting) throw error;
  }
}

/** Makes the content of a file durable. Errors: SP601x. */
export async function syncFile(path: RealPath): Promise<void> {
  // crontab(1) syncs what it renames.
  if (ownCrontab(path) !== null) return;
  await onFile(path, constants.O_RDONLY, (fd) => fsyncAsync(fd));
}

async function onFile(
  path: RealPath,
  access: number,
  act: (fd: number) => Promise<void>,
): Promise<void> {
  try {
    const fd = openSync(path, access | O_NOFOLLOW | O_NONBLOCK);
    try {
      await act(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileError(error, 'write in place', path);
  }
}

function setMode(fd: number, mode: number): void {
  if ((fstatSync(fd).mode & 0o7777) !== mode) fchmodSync(fd, mode);
}
