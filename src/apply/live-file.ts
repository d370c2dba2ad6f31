import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import type { Sha256 } from '../model/brand.ts';
import type { FileState } from '../model/file-image.ts';
import { errorCode, fileError } from '../host/file-errors.ts';
import type { Inode, JournalFile } from './journal.ts';

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
    const stats = fstatSync(fd);
    if (!stats.isFile()) return { kind: 'other' };
    const bytes = readFileSync(fd);
    return {
      kind: 'file',
      bytes,
      state: stateOf(stats, bytes),
      inode: { dev: stats.dev, ino: stats.ino },
    };
  } catch (error) {
    throw fileError(error, 'read', path);
  } finally {
    closeSync(fd);
  }
}

function stateOf(stats: Stats, bytes: Uint8Array): FileState {
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
  const { uid, gid } = stats;
  return { sha256, size: bytes.length, mode: stats.mode & 0o7777, uid, gid };
}

/** Which of a run's two states a file is in. `foreign`: neither, somebody else changed it. */
export type Standing = 'before' | 'after' | 'foreign';

/**
 * Decides by content. When a run changes permissions only, old and new content are the same and permissions decide; when it
 * changes the owner only, the owner does.
 * Content that neither state has is never ours to replace.
 */
export function standing(
  live: LiveFile,
  file: Pick<JournalFile, 'before' | 'after' | 'spliced'>,
): Standing {
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
  if (is(file.before) || (file.spliced !== undefined && is(file.spliced))) return 'before';
  return is(file.after) ? 'after' : 'foreign';
}
