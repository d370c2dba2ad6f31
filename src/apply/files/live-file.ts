import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import type { Sha256 } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import { errorCode, fileError } from '../../host/file-errors.ts';
import type { Inode, JournalFile } from '../journal/journal.ts';
import { crontabState, NO_INODE, ownCrontab } from '../../host/own-crontab/account.ts';
import { readOwnCrontab } from '../../host/own-crontab/read-own-crontab.ts';
import type { Account } from '../../host/own-crontab/account.ts';
import { isTorn } from './torn.ts';
import { readMark, splicePaths, stagedNew } from './write-mark.ts';

/** A file as it is at this moment. `other`: a symlink, directory or device where a plain file is meant. */
export type LiveFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'other' }
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly state: FileState;
      readonly inode: Inode;
    };

/**
 * Reads one path without following a symlink at its end. State and bytes come from one open file, so a rename in
 * between cannot mix two files. Errors: SP601x.
 */
export function readLive(path: string): LiveFile {
  const account = ownCrontab(path);
  if (account !== null) return crontabFile(account);
  let fd: number;
  try {
    // O_NONBLOCK: a fifo put in the file's place must not stop us for ever.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    if (code === 'ELOOP' || code === 'ENXIO') return { kind: 'other' };
    throw fileError(error, 'read', path);
  }
  try {
    return readOpen(fd);
  } catch (error) {
    throw fileError(error, 'read', path);
  } finally {
    closeSync(fd);
  }
}

/** As a file that is written in place, and that is always there (host/own-crontab). Nobody but crontab(1) knows its inode. */
function crontabFile({ uid, gid }: Account): LiveFile {
  const bytes = readOwnCrontab();
  return { kind: 'file', bytes, state: crontabState(bytes, { uid, gid }), inode: NO_INODE };
}

/** As `readLive`, of an open descriptor at its beginning; moves its position. Throws system errors. */
export function readOpen(fd: number): LiveFile {
  const stats = fstatSync(fd);
  if (!stats.isFile()) return { kind: 'other' };
  const bytes = readFileSync(fd);
  const inode = { dev: stats.dev, ino: stats.ino };
  return { kind: 'file', bytes, state: stateOf(stats, bytes), inode };
}

function stateOf(stats: Stats, bytes: Uint8Array): FileState {
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
  const { uid, gid } = stats;
  return { sha256, size: bytes.length, mode: stats.mode & 0o7777, uid, gid };
}

/**
 * Which of a run's two states a file is in. `torn`: between them, by our own interrupted write in place. `foreign`: neither,
 * somebody else changed it.
 */
export type Standing = 'before' | 'after' | 'torn' | 'foreign';

type Stood = Pick<JournalFile, 'before' | 'after' | 'spliced'> &
  Partial<Pick<JournalFile, 'method' | 'oldPath' | 'newPath' | 'oldInode'>>;

/**
 * Decides by content. When a run changes permissions only, old and new content are the same and permissions decide; when it
 * changes the owner only, the owner does.
 * Content that neither state has is never ours to replace.
 */
export function standing(live: LiveFile, file: Stood): Standing {
  const sameContent = file.before?.sha256 === file.after?.sha256;
  const sameOwner = file.before?.uid === file.after?.uid && file.before?.gid === file.after?.gid;
  const is = (state: FileState | null): boolean => {
    if (live.kind === 'other') return false;
    if (live.kind === 'absent' || state === null) return live.kind === 'absent' && state === null;
    if (live.state.sha256 !== state.sha256) return false;
    if (!sameContent) return true;
    if (live.state.mode !== state.mode) return false;
    return sameOwner || (live.state.uid === state.uid && live.state.gid === state.gid);
  };
  const torn = tornBy(live, file) !== null;
  if (is(file.before)) return torn ? 'torn' : 'before';
  if (file.spliced !== undefined && is(file.spliced)) return 'before';
  if (is(file.after)) return 'after';
  return torn ? 'torn' : 'foreign';
}

/**
 * Which of our own interrupted writes explains this content: that of the run (or its revert), or that of a splice. Null: none.
 * Only a file whose mark says that a write in place was begun and not completed, and only the very inode, can be torn.
 */
export function tornBy(live: LiveFile, file: Stood): 'run' | 'splice' | null {
  const { method, newPath = null, oldPath = null, oldInode } = file;
  if (method !== 'in-place' || live.kind !== 'file' || newPath === null || oldPath === null) {
    return null;
  }
  if (live.inode.ino !== oldInode?.ino || readMark({ newPath }) !== 'writing') return null;
  if (isBetween(live, [oldPath, file.before], [stagedNew({ newPath }), file.after])) {
    const { before, after } = file;
    // Old content that is complete is torn only if the permissions still are the new ones.
    const whole = live.state.sha256 === before?.sha256;
    if (!whole || (live.state.mode === after?.mode && live.state.mode !== before.mode))
      return 'run';
  }
  if (file.spliced === undefined || live.state.sha256 === file.spliced.sha256) return null;
  const { replaced, spliced } = splicePaths({ newPath });
  return isBetween(live, [replaced, null], [spliced, file.spliced]) ? 'splice' : null;
}

type Kept = readonly [path: string, state: FileState | null];

function isBetween(live: Extract<LiveFile, { kind: 'file' }>, a: Kept, b: Kept): boolean {
  const [old, next] = [keptBytes(a), keptBytes(b)];
  return old !== null && next !== null && isTorn(live.bytes, old, next);
}

function keptBytes([path, state]: Kept): Uint8Array | null {
  const kept = readLive(path);
  if (kept.kind !== 'file' || (state !== null && kept.state.sha256 !== state.sha256)) return null;
  return kept.bytes;
}
