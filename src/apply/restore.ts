import { existsSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '../host/file-errors.ts';
import { syncDirectories } from '../host/sync-directory.ts';
import { Conflict } from './conflict.ts';
import { isOldInode, linkNew } from './install.ts';
import type { JournalFile } from './journal.ts';
import { readLive, standing, type LiveFile } from './live-file.ts';

export interface RestoreFailure {
  readonly file: JournalFile;
  readonly reason: string;
}

/**
 * Puts the old state of files back, last installed first, then syncs their directories. Needs no free space. A file that
 * cannot be restored does not stop the others; it is returned with the reason. `restored` is told of each file that was
 * written. Only the final sync throws (SP601x).
 */
export async function restoreFiles(
  files: readonly JournalFile[],
  restored: (file: JournalFile) => void,
): Promise<readonly RestoreFailure[]> {
  const failures: RestoreFailure[] = [];
  for (const file of files.toReversed()) {
    try {
      if (restoreFile(file)) restored(file);
    } catch (error) {
      failures.push({ file, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  await syncDirectories(files.map((file) => dirname(file.realPath)).filter((d) => existsSync(d)));
  return failures;
}

/** Returns whether anything had to be written. */
function restoreFile(file: JournalFile): boolean {
  const live = readLive(file.realPath);
  const where = standing(live, file);
  if (where === 'before') return false;
  if (where === 'foreign') {
    if (wasNeverInstalled(live, file)) return false;
    throw new Conflict(`${file.path} was changed by somebody else while the run was open`);
  }
  checkKept(file);
  try {
    putBack(file);
  } catch (error) {
    throw fileError(error, 'restore', file.realPath);
  }
  return true;
}

/** The new file still waits in the stage: the run never wrote this one, so there is nothing of ours to take back. */
function wasNeverInstalled(live: LiveFile, file: JournalFile): boolean {
  if (file.newPath === null) return live.kind === 'file' && isOldInode(live, file);
  // A new file is linked before its staged name goes: both names may be there.
  const linked = live.kind === 'file' && live.inode.ino === file.newInode?.ino;
  return existsSync(file.newPath) && !linked;
}

/** The old inode may have been written to through a file that somebody held open. */
function checkKept(file: JournalFile): void {
  if (file.before === null || file.oldPath === null) return;
  const kept = readLive(file.oldPath);
  if (kept.kind === 'absent') throw new Conflict(`the kept old copy ${file.oldPath} is gone`);
  if (kept.kind === 'other' || kept.state.sha256 !== file.before.sha256) {
    throw new Conflict(`somebody else wrote to the old ${file.path}, kept as ${file.oldPath}`);
  }
}

function putBack(file: JournalFile): void {
  if (file.before === null || file.oldPath === null) unlinkSync(file.realPath);
  else if (file.after === null) linkNew(file.oldPath, file.realPath, file.path);
  else renameSync(file.oldPath, file.realPath);
}
