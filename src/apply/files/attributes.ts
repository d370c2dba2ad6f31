import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
} from 'node:fs';
import { fileError } from '../../host/file-errors.ts';
import { hasAccessList } from '../../host/extended-attributes.ts';
import { loadNative } from '../../host/native.ts';
import type { RealPath } from '../../model/brand.ts';
import { sameAttributes, type FileAttributes } from '../../model/recorded-state.ts';
import type { JournalFile } from '../journal/journal.ts';
import type { LiveFile } from './live-file.ts';

/**
 * What a file that goes back gets: its earlier permissions and owner, but for what somebody else set while the run was open. Asked
 * again after it was done in part it answers the same. Null: there is no earlier file, or none now.
 */
export function returnedAttributes(
  { before, after }: Pick<JournalFile, 'before' | 'after'>,
  live: LiveFile,
): FileAttributes | null {
  if (before === null || after === null || live.kind !== 'file') return null;
  const { state } = live;
  const sameOwner = state.uid === after.uid && state.gid === after.gid;
  const { uid, gid } = sameOwner ? before : state;
  return { mode: state.mode === after.mode ? before.mode : state.mode, uid, gid };
}

/**
 * Gives the kept old inode these attributes, durably, before it is renamed back: the file never stands there with others. Where
 * one of the two files has an access list and the other none, the permissions stay: group bits are its mask there. Errors: SP601x.
 */
export async function setKeptAttributes(
  oldPath: RealPath,
  realPath: RealPath,
  wanted: FileAttributes,
): Promise<void> {
  const native = await loadNative();
  try {
    const kept = open(oldPath);
    try {
      const found = fstatSync(kept);
      const live = open(realPath);
      const comparable = hasAccessList(native, kept) === hasAccessList(native, live);
      closeSync(live);
      const { uid, gid } = wanted;
      const mode = comparable ? wanted.mode : found.mode & 0o7777;
      if (
        sameAttributes(
          { mode: found.mode & 0o7777, uid: found.uid, gid: found.gid },
          { mode, uid, gid },
        )
      )
        return;
      if (found.uid !== uid || found.gid !== gid) fchownSync(kept, uid, gid);
      // Also after a change of owner alone: that clears the set-user-id bits.
      fchmodSync(kept, mode);
      fsyncSync(kept);
    } finally {
      closeSync(kept);
    }
  } catch (error) {
    throw fileError(error, 'give back the owner and permissions of', realPath);
  }
}

function open(path: RealPath): number {
  return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}
