import { existsSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '../../host/file-errors.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import { Conflict } from './conflict.ts';
import { linkNew } from './install.ts';
import type { JournalFile } from '../journal/journal.ts';
import type { LiveFile } from './live-file.ts';
import { changedByOthers, planRestore } from './restore-plan.ts';
import { restoreInPlace } from './write-in-place.ts';

export interface RestoreFailure {
  readonly file: JournalFile;
  readonly reason: string;
}

/** A staged file that holds the old content with somebody else's edit, and the live state that it was made from. */
export interface Splice {
  readonly staged: RealPath;
  readonly replaces: FileState;
}

/**
 * Puts the old state of files back, last installed first, then syncs their directories. Needs no free space, but where a file
 * that is written in place had become shorter. A file that
 * cannot be restored does not stop the others; it is returned with the reason. One that somebody else changed is replaced
 * only by its splice (by real path). `restored` is told of each file that was written. Only the final sync throws (SP601x).
 */
export async function restoreFiles(
  files: readonly JournalFile[],
  restored: (file: JournalFile) => void,
  splices: ReadonlyMap<RealPath, Splice> = new Map(),
): Promise<readonly RestoreFailure[]> {
  const failures: RestoreFailure[] = [];
  for (const file of files.toReversed()) {
    try {
      if (await restoreFile(file, splices.get(file.realPath))) restored(file);
    } catch (error) {
      failures.push({ file, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const renamed = files.filter(({ method }) => method !== 'in-place');
  const directories = renamed.map((file) => dirname(file.realPath));
  await syncDirectories(directories.filter((directory) => existsSync(directory)));
  return failures;
}

/** Returns whether anything had to be written. Looks at the file this very moment: others may have changed it. */
async function restoreFile(file: JournalFile, splice: Splice | undefined): Promise<boolean> {
  const plan = planRestore(file);
  if (file.method === 'in-place') {
    return restoreInPlace(file, plan, (live) => isStill(live, splice));
  }
  if (plan.how === 'leave') return false;
  if (plan.how === 'stuck') throw new Conflict(plan.reason);
  if (plan.how === 'foreign' && !isStill(plan.live, splice)) {
    throw new Conflict(changedByOthers(file));
  }
  try {
    if (plan.how === 'put-back') putBack(file);
    else if (splice !== undefined) renameSync(splice.staged, file.realPath);
  } catch (error) {
    throw fileError(error, 'restore', file.realPath);
  }
  return true;
}

function isStill(live: LiveFile, splice: Splice | undefined): boolean {
  if (live.kind !== 'file' || splice === undefined) return false;
  const { sha256, mode, uid, gid } = live.state;
  const seen = splice.replaces;
  return sha256 === seen.sha256 && mode === seen.mode && uid === seen.uid && gid === seen.gid;
}

function putBack(file: JournalFile): void {
  if (file.before === null || file.oldPath === null) unlinkSync(file.realPath);
  else if (file.after === null) linkNew(file.oldPath, file.realPath, file.path);
  else renameSync(file.oldPath, file.realPath);
}
