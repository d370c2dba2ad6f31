import { shellLine } from '../../diagnostics/shell-words.ts';
import { writeDurably } from '../../host/durable.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import { freeReserve } from '../../host/reserve.ts';
import { backupDirectoriesOf, backUpRun } from './back-up-run.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { Ending } from '../machine/ending.ts';
import { removeJournal } from '../journal/journal-file.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { buildReport } from '../machine/report.ts';
import { tolerate } from '../machine/tolerate.ts';
import { auditEnd } from './run-audit.ts';
import { journalDirectory } from '../journal/run-folder.ts';
import { discardStage } from '../files/stage.ts';
import { movedStages } from '../files/moved-stages.ts';
import { directoriesBelow, sweepTemporaries } from '../files/sweep-temporaries.ts';

/**
 * Ends a settled run: what a kept run replaced is backed up, stage gone, report and audit row written, the journal removed last. Recovery may repeat each step.
 */
export async function closeRun(run: OpenRun, ending: Ending): Promise<ActionResult> {
  if (ending.outcome === 'applied' && leavesTraces(run)) await backUpRun(run);
  if (run.intent !== null) {
    sayMovedStages(run, movedStages(run.intent));
    await discardStage(run.intent, ending.outcome === 'reverted');
  }
  await tryWriteReport(run, ending);
  await auditEnd(run, ending);
  await tolerate(run, () => sweepRun(run));
  await removeJournal(run.context.host.stateDir, run.header.run);
  return { is: 'done' };
}

/** They are left to a person: whoever renamed their directory may have made more of it. */
function sayMovedStages({ diagnostics, header }: OpenRun, stages: readonly string[]): void {
  if (stages.length === 0) return;
  diagnostics.push({
    code: 'SP4208',
    severity: 'warning',
    message: `the directory in which run ${header.run} kept its files was moved by somebody else, and is left as it is: ${stages.join(', ')}`,
    help: `Compare it with the live files (N.old is a file as it was before the run), then: rm -r -- ${shellLine(stages)}`,
  });
}

/** Ends a run that never reached its commit point: everything it made goes. Needs no free space. */
export async function abandonRun(run: OpenRun, ending: Ending): Promise<ActionResult> {
  if (run.intent !== null) await discardStage(run.intent, true);
  await tryWriteReport(run, ending);
  await tolerate(run, () => sweepRun(run));
  if (run.intent === null) return { is: 'done' };
  await tolerate(run, () => auditEnd(run, ending));
  await removeJournal(run.context.host.stateDir, run.header.run);
  return { is: 'done' };
}

/** Ends a run that only recorded: it has no journal and no stage, and its commit is on the branch already. */
export async function closeRecording(run: OpenRun, ending: Ending): Promise<void> {
  await tryWriteReport(run, ending);
  await tolerate(run, () => auditEnd(run, ending));
}

/**
 * Writes `runs/<run>/report.json` (0600). A report that cannot be written must not hide how the run ended: the problem goes
 * to the run's diagnostics.
 */
export async function tryWriteReport(run: OpenRun, ending: Ending): Promise<void> {
  if (!leavesTraces(run) && run.othersEdits.length === 0) return;
  const report = buildReport(run, ending, run.context.host.clock.now().toISOString());
  const bytes = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
  await tolerate(run, async () => {
    await makeDirectoryDurably(run.folder.dir, 0o700);
    await writeDurably(run.folder.report, bytes, 0o600);
  });
}

/**
 * Programs change files often: what they do is in the audit log, and in neither run folders nor backups that would crowd out others.
 * Where somebody else's edit stayed there is a folder, and a report in it.
 */
function leavesTraces({ header }: OpenRun): boolean {
  return header.operation !== 'transaction';
}

/** What writes that were cut short left: harmless names, but nobody else would ever remove them. */
function sweepRun(run: OpenRun): void {
  const { context, folder } = run;
  freeReserve(folder.reserve);
  const journals = journalDirectory(context.host.stateDir);
  const copies = directoriesBelow(folder.workspace);
  sweepTemporaries([
    folder.dir,
    folder.old,
    folder.foreign,
    folder.new,
    journals,
    ...copies,
    ...backupDirectoriesOf(run),
  ]);
}
