import { linkSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import { sameAttributes } from '../../model/recorded-state.ts';
import { readLive } from '../files/live-file.ts';
import { changedByOthers } from '../files/restore-plan.ts';
import type { JournalFile } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/** What the content with a fresh identity is called in the stage. */
export function nameInStage(index: number): string {
  return `${String(index)}.renewed`;
}

interface Installed {
  readonly written: readonly JournalFile[];
  /** Why others were not, one sentence each. */
  readonly conflicts: readonly string[];
}

/**
 * Puts what was journalled as renewed in place of the identical old content, by one rename each; the old inode is kept in the stage again.
 * Files that have it are left alone: it was tried. Errors: SP601x.
 */
export async function installRenewed(run: OpenRun): Promise<Installed> {
  const written: JournalFile[] = [];
  const conflicts: string[] = [];
  for (const [index, file] of committed(run).files.entries()) {
    if (file.renewed !== true) continue;
    const staged = join(file.stageDirectory, nameInStage(index)) as RealPath;
    if (!isWaiting(staged, file)) continue;
    if (!isAsBefore(file)) {
      conflicts.push(changedByOthers(file));
      continue;
    }
    keepOldAgain(file);
    try {
      renameSync(staged, file.realPath);
    } catch (error) {
      throw fileError(error, 'renew', file.realPath);
    }
    written.push(file);
    tell(run, file);
  }
  await syncDirectories(written.map(({ realPath }) => dirname(realPath)));
  return { written, conflicts };
}

/** Whether it was never renamed, and is whole: it was synced before the journal named it. */
function isWaiting(staged: RealPath, { spliced }: JournalFile): boolean {
  const found = readLive(staged);
  return found.kind === 'file' && found.state.sha256 === spliced?.sha256;
}

/** With the mode and owner that the staged one was given. */
function isAsBefore({ realPath, before, spliced }: JournalFile): boolean {
  const live = readLive(realPath);
  if (live.kind !== 'file' || live.state.sha256 !== before?.sha256) return false;
  return spliced !== undefined && sameAttributes(live.state, spliced);
}

/** For a person who wants the very bytes back. */
function keepOldAgain({ realPath, oldPath }: JournalFile): void {
  if (oldPath === null) return;
  try {
    linkSync(realPath, oldPath);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError(error, 'keep the old', realPath);
  }
}

function tell(run: OpenRun, { path }: JournalFile): void {
  run.context.listener({ type: 'renewed', run: run.header.run, path });
  run.diagnostics.push({
    code: 'SP4110',
    severity: 'warning',
    message: `the old ${path} did not come up, and was written once more with the annotation of a fresh identity`,
    help: 'Nothing else in it differs from before the run. It may stay; see with `setpoint check` that the host is healthy.',
  });
}
