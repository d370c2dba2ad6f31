import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RealPath } from '../../model/brand.ts';
import { Conflict } from '../files/conflict.ts';
import { installFiles, syncInstalled } from '../files/install.ts';
import { isInstallable } from '../files/installable.ts';
import { readLive, standing, type LiveFile } from '../files/live-file.ts';
import type { JournalFile } from '../journal/journal.ts';
import type { ActionResult } from '../machine/actions.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { saveCopy } from '../revert/save-foreign.ts';

/**
 * Gives the files of a committed transaction their new state, but those that somebody else has changed: theirs stays, because
 * nothing of them was ever seen. Each of these is told (SP4265), and what the transaction has for it is kept in `runs/<run>/new/`:
 * the stage is about to go, and of a moved file that is the only copy. Repeats without harm. Errors: SP601x.
 */
export async function finishTransaction(run: OpenRun): Promise<ActionResult> {
  const { files } = committed(run);
  for (const file of files) await installUnlessTheirs(file);
  await syncInstalled(files);
  const told: Diagnostic[] = [];
  const theirs: JournalFile[] = [];
  for (const [index, file] of files.entries()) {
    const live = readLive(file.realPath);
    if (standing(live, file) === 'after') continue;
    const kept = await keepNew(run, file, index);
    if (kept === 'lost') return { is: 'failed', reason: notKept(run, file) };
    told.push(leftToOthers(file, live, kept));
    theirs.push(file);
  }
  if (told.length === 0) return { is: 'done' };
  run.othersEdits = theirs.map(({ path }) => path);
  run.diagnostics.push(...told);
  return { is: 'done', note: told.map(({ message }) => message).join('; ') };
}

async function installUnlessTheirs(file: JournalFile): Promise<void> {
  if (!isInstallable(file)) return;
  try {
    await installFiles([file]);
  } catch (error) {
    // Somebody was faster by a moment: the same as if it had been seen.
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Where the new content of a file lies for people; null when there is none (any more), `lost` when it could not be copied. */
async function keepNew(
  run: OpenRun,
  { newPath }: JournalFile,
  index: number,
): Promise<RealPath | 'lost' | null> {
  if (newPath === null) return null;
  const copy = join(run.folder.new, String(index)) as RealPath;
  const staged = readLive(newPath);
  // A recovery before this one may have come as far as to remove the stage.
  if (staged.kind !== 'file') return readLive(copy).kind === 'file' ? copy : null;
  return (await saveCopy(run, staged.bytes, copy)) ? copy : 'lost';
}

function leftToOthers({ path }: JournalFile, live: LiveFile, kept: RealPath | null): Diagnostic {
  const did = live.kind === 'absent' ? 'removed' : 'changed';
  const ours = kept === null ? '' : `; what the transaction has for it is in ${kept}`;
  return {
    code: 'SP4265',
    severity: 'warning',
    message: `${path} was ${did} by somebody else meanwhile, and stays so${ours}`,
    help: 'Look at it, and write it again if it should be as the transaction wanted it.',
  };
}

function notKept({ diagnostics }: OpenRun, { path }: JournalFile): string {
  const why = diagnostics.at(-1)?.message ?? 'it could not be written';
  return `${path} was changed by somebody else, and what the transaction has for it could not be kept aside: ${why}`;
}
