import { dirname, join } from 'node:path';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import { returnedAttributes } from './attributes.ts';
import { Conflict } from './conflict.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, standing, tornBy, type LiveFile } from './live-file.ts';
import { overwrite, syncFile } from './overwrite.ts';
import type { RestorePlan } from './restore-plan.ts';
import { readMark, setMark, splicePaths, stagedNew } from './write-mark.ts';

/**
 * Writes the new content through the file's own inode, durably. One that has it already is only synced: the run may have been
 * killed before. Throws Conflict when the file is neither old, new nor torn, or another inode; SP601x when the file system
 * refuses: then it may be torn, and the mark says so.
 */
export async function installInPlace(file: JournalFile): Promise<void> {
  const { after } = file;
  if (after === null) throw new TypeError(`${file.path} cannot be deleted in place`);
  checkOurs(file, readLive(file.realPath));
  const bytes = contentOf(stagedNew(file), after);
  const untouched = readMark(file) === 'waiting';
  await setMark(file, 'writing');
  try {
    const write = { bytes, mode: after.mode, modeFirst: false, groups: groupsOf(file) };
    if (standing(readLive(file.realPath), file) === 'after') await syncFile(file.realPath);
    else await overwrite(file.realPath, write, (found) => checkOurs(file, found));
  } catch (error) {
    // Thrown before the first byte: what is there is not ours in part.
    if (error instanceof Conflict && untouched) await setMark(file, 'waiting');
    throw error;
  }
  await setMark(file, 'written');
}

function checkOurs(file: JournalFile, live: LiveFile): void {
  if (!isSameNumber(live, file) || standing(live, file) === 'foreign') {
    throw new Conflict(`${file.path} was changed by somebody else after it was planned`);
  }
}

/**
 * Writes the old content (or, where somebody else changed the file, `staged`: the spliced one) back through the inode. Needs
 * space only where the file had become shorter. `plan` was made this very moment; `isStill` says whether a foreign version still is
 * the one that was spliced. Returns whether anything was written. Throws Conflict, SP601x.
 */
export async function restoreInPlace(
  file: JournalFile,
  plan: RestorePlan,
  isStill: (live: LiveFile) => boolean,
): Promise<boolean> {
  if (plan.how === 'stuck') throw new Conflict(plan.reason);
  if (plan.how === 'leave') {
    // A revert that was killed between its last write and its sync.
    if (readMark(file) === 'writing') await syncFile(file.realPath);
    return false;
  }
  const splicing = plan.how === 'foreign' || tornBy(readLive(file.realPath), file) === 'splice';
  const [from, state] = splicing
    ? [splicePaths(file).spliced, file.spliced ?? null]
    : [file.oldPath, file.before];
  if (from === null || state === null) throw new Conflict(`the old ${file.path} was not kept`);
  const kept = splicing ? null : returnedAttributes(file, readLive(file.realPath));
  const mode = kept?.mode ?? state.mode;
  const write = {
    bytes: contentOf(from, state),
    mode,
    modeFirst: true,
    groups: groupsOf(file),
  };
  await tryMark(file);
  await overwrite(file.realPath, write, (found) => {
    const expected = plan.how === 'foreign' ? isStill(found) : standing(found, file) !== 'foreign';
    if (!expected || !isSameNumber(found, file)) {
      throw new Conflict(`${file.path} was changed by somebody else while it was restored`);
    }
  });
  return true;
}

/** Beside the stage in the run's folder (run-folder.ts). */
function groupsOf({ stageDirectory }: JournalFile): RealPath {
  return join(dirname(stageDirectory), 'process-groups') as RealPath;
}

/** The device number may differ after a reboot, the inode number does not. */
export function isSameNumber(live: LiveFile, file: JournalFile): boolean {
  return live.kind === 'file' && live.inode.ino === file.oldInode?.ino;
}

/** A state directory that cannot be written any more must not keep the old content from coming back. */
async function tryMark(file: JournalFile): Promise<void> {
  try {
    await setMark(file, 'writing');
  } catch {
    // Only a second death in the middle of this write would miss the mark; then a person decides.
  }
}

function contentOf(path: RealPath, state: Pick<FileState, 'sha256'>): Uint8Array {
  const kept = readLive(path);
  if (kept.kind !== 'file' || kept.state.sha256 !== state.sha256) {
    throw new Conflict(`the kept copy ${path} is gone or was changed`);
  }
  return kept.bytes;
}
