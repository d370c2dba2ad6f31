import { existsSync } from 'node:fs';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { RealPath, RunId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import type { Intent } from '../journal/journal.ts';
import { journalPath } from '../journal/run-folder.ts';
import type { OpenRun } from '../machine/open-run.ts';

/**
 * Throws SP5011 when a commit of the run can never be written: the repository with the trees that it prepared is gone. Another
 * try or another choice would meet the same, so the way out is told that works.
 */
export async function refuseLostObjects(run: OpenRun, spec: StateCommitSpec): Promise<void> {
  const { state, host } = run.context;
  const wanted = [spec.tree, ...(spec.parent === null ? [] : [spec.parent])];
  if (await state.holds(wanted)) return;
  const aside = setAside(host.stateDir, run.header.run);
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP5011',
      severity: 'error',
      message: `${state.dir} has not got what run ${run.header.run} prepared for its record: the repository was removed or replaced while the run was open`,
      help: `Where that repository still exists, put it back and run \`setpoint recover\`. Else nobody can record the run any more: its files stay as they are now; set it aside with \`${aside}\`.${run.intent === null ? '' : leftIn(run.intent)}`,
    },
  ]);
}

/** The command that sets a run aside which nobody can record any more; its journal is kept for people. */
export function setAside(stateDir: RealPath, run: RunId): string {
  const journal = journalPath(stateDir, run);
  return `mv ${quoteWord(journal)} ${quoteWord(`${journal}.lost`)}`;
}

/**
 * What is left beside the files of a run that is set aside, as a sentence for people. It has the only copies of what was there before:
 * they are compared first. `doctor` looks beside managed files only, and after a first run nothing is managed.
 */
export function leftIn({ stageDirectories }: Pick<Intent, 'stageDirectories'>): string {
  const left = stageDirectories.filter((directory) => existsSync(directory));
  if (left.length === 0) return '';
  const names = left.map(quoteWord).join(' ');
  return ` Compare what it left (N.old is a file as it was before the run), then remove it: \`rm -r -- ${names}\`.`;
}
