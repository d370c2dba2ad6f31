import { join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { writeDurably } from '../host/durable.ts';
import { makeDirectoryDurably } from '../host/make-directory.ts';
import type { RealPath } from '../model/brand.ts';
import type { ActionResult } from './decide-next.ts';
import type { JournalFile } from './journal.ts';
import { writeJournal } from './journal-file.ts';
import { readLive, standing, type LiveFile } from './live-file.ts';
import { manualCommands, type UnrestoredFile } from './manual-commands.ts';
import { committed, type OpenRun } from './open-run.ts';

/**
 * Leaves a failed revert so that a person can finish it: saves somebody else's bytes and the old ones into the run folder,
 * computes the commands, and marks the journal. What cannot be saved (full disk) is told and does not stop the rest.
 */
export async function markFailed(run: OpenRun, reason: string): Promise<ActionResult> {
  const journal = committed(run);
  const unrestored: UnrestoredFile[] = [];
  for (const [index, file] of journal.files.entries()) {
    const live = readLive(file.realPath);
    const where = standing(live, file);
    if (where === 'before') continue;
    if (where === 'foreign') await save(run, live, join(run.folder.foreign, String(index)));
    unrestored.push({ file, old: await keepOld(run, file, index) });
  }
  run.manualCommands.push(...manualCommands(unrestored, run.context.host.root.dir));
  const failure = { reason, manualCommands: run.manualCommands };
  run.journal = { ...journal, failure };
  await writeJournal(run.context.host.stateDir, run.journal);
  return { is: 'done' };
}

async function keepOld(
  run: OpenRun,
  file: JournalFile,
  index: number,
): Promise<UnrestoredFile['old']> {
  if (file.before === null || file.oldPath === null) return null;
  const kept = readLive(file.oldPath);
  const copy = join(run.folder.old, String(index)) as RealPath;
  if (kept.kind === 'file') {
    await save(run, kept, copy);
    return { path: file.oldPath, kept: 'inode' };
  }
  return readLive(copy).kind === 'file' ? { path: copy, kept: 'copy' } : null;
}

async function save(run: OpenRun, live: LiveFile, path: string): Promise<void> {
  if (live.kind !== 'file') return;
  try {
    await makeDirectoryDurably(join(path, '..'), 0o700);
    await writeDurably(path, live.bytes, 0o600);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    run.diagnostics.push(...error.diagnostics);
  }
}
