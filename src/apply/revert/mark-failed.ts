import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RealPath } from '../../model/brand.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { JournalFile } from '../journal/journal.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { readLive, standing } from '../files/live-file.ts';
import { manualCommands, type ForeignVersion, type UnrestoredFile } from './manual-commands.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { recordedOld } from './recorded-version.ts';
import { isRestored } from '../files/restore-plan.ts';
import { saveCopy, saveForeign } from './save-foreign.ts';

/**
 * Leaves a failed revert so that a person can finish it: saves somebody else's bytes and the old ones into the run folder,
 * computes the commands, and marks the journal. What cannot be saved (full disk) is told and does not stop the rest.
 */
export async function markFailed(run: OpenRun, reason: string): Promise<ActionResult> {
  const journal = committed(run);
  const unrestored: UnrestoredFile[] = [];
  for (const [index, file] of journal.files.entries()) {
    if (isRestored(file)) continue;
    const foreign = await keepForeign(run, file, index);
    const directoryGone = !existsSync(dirname(file.realPath));
    unrestored.push({ file, old: await keepOld(run, file, index), foreign, directoryGone });
  }
  run.manualCommands.push(
    ...manualCommands(unrestored, run.context.host.root.dir, run.header.host),
  );
  const failure = { reason, manualCommands: run.manualCommands };
  run.journal = { ...journal, failure };
  await writeJournal(run.context.host, run.journal);
  return { is: 'done' };
}

async function keepForeign(
  run: OpenRun,
  file: JournalFile,
  index: number,
): Promise<ForeignVersion | null> {
  const live = readLive(file.realPath);
  if (standing(live, file) !== 'foreign' || live.kind === 'absent') return null;
  const saved = await saveForeign(run, index, live);
  if (saved !== null) return { path: saved, saved: true };
  const path = freeName(join(run.folder.foreign, `${String(index)}-by-hand`)) as RealPath;
  return live.kind === 'other' ? { path, saved: false, moved: true } : { path, saved: false };
}

/** A name that nothing has: an earlier try may have been followed by hand. */
function freeName(path: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? path : `${path}-${String(n)}`;
    if (lstatSync(name, { throwIfNoEntry: false }) === undefined) return name;
  }
}

async function keepOld(
  run: OpenRun,
  file: JournalFile,
  index: number,
): Promise<UnrestoredFile['old']> {
  if (file.before === null || file.oldPath === null) return null;
  const { sha256 } = file.before;
  const kept = readLive(file.oldPath);
  const copy = join(run.folder.old, String(index)) as RealPath;
  if (kept.kind === 'file' && kept.state.sha256 === sha256) {
    await saveCopy(run, kept.bytes, copy);
    return { path: file.oldPath, kept: 'inode' };
  }
  const copied = readLive(copy);
  if (copied.kind === 'file' && copied.state.sha256 === sha256) return { path: copy, kept: 'copy' };
  const recorded = await recordedOld(run, file);
  if (recorded === null) return null;
  const { bytes, object, path } = recorded;
  if (await saveCopy(run, bytes, copy)) return { path: copy, kept: 'copy' };
  return object === null ? null : { path, kept: 'recorded', object };
}
