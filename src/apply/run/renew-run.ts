import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileState } from '../../model/file-image.ts';
import { stageFile } from '../../host/stage-file.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import { renewedFiles } from '../files/renewed.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import type { ActionResult } from '../machine/actions.ts';
import { noteBeforeRevert } from './run-checks.ts';
import { installRenewed, nameInStage } from '../revert/install-renewed.ts';
import { planRenewals, type Renewal } from '../revert/plan-renewals.ts';

/**
 * The one retry of a revert whose identical bytes did not come up: the manifests that the red gates are about are written once more with
 * a mark that makes another pod of them. Journalled before the first is written; who goes on after a death finishes that, and never
 * tries again. `failure`: what the gates found. `red`: nothing was written, and why.
 */
export async function renewRun(run: OpenRun, failure: string): Promise<ActionResult> {
  const { renewals, refused } = await planRenewals(run);
  run.diagnostics.push(...refused.map(warning));
  await journalRenewals(run, renewals);
  // What runs now has the identity that did not come up.
  if (run.decision !== null) {
    run.decision = { ...run.decision, processes: await noteBeforeRevert(run) };
  }
  const { written, conflicts } = await installRenewed(run);
  run.renewed = renewedFiles(committed(run).files).map(({ path }) => path);
  const why = [...refused.map(({ message }) => message), ...conflicts];
  if (written.length === 0) return { is: 'red', reason: [failure, ...why].join('; ') };
  const names = written.map(({ path }) => path).join(', ');
  return {
    is: 'done',
    note: [`${names} got a fresh identity after: ${failure}`, ...why].join('; '),
  };
}

/** A refusal of one file is no error of the run: that is the gates' red. */
function warning(refusal: Diagnostic): Diagnostic {
  return { ...refusal, code: 'SP4111', severity: 'warning' };
}

async function journalRenewals(run: OpenRun, renewals: readonly Renewal[]): Promise<void> {
  if (renewals.length === 0) return;
  const states = new Map<number, FileState>();
  for (const { index, file, bytes, mode } of renewals) {
    const { stageDirectory: directory, realPath: like } = file;
    const name = nameInStage(index);
    // Left by a run that died before it was journalled.
    rmSync(join(directory, name), { force: true });
    states.set(index, (await stageFile({ directory, name, bytes, like, mode })).state);
  }
  await syncDirectories(renewals.map(({ file }) => file.stageDirectory));
  const journal = committed(run);
  const files = journal.files.map((file, index) => {
    const spliced = states.get(index);
    return spliced === undefined ? file : { ...file, spliced, renewed: true as const };
  });
  run.journal = { ...journal, files };
  await writeJournal(run.context.host, run.journal);
}
