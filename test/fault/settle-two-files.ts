/**
 * Runs in a process of its own, to be killed: `node settle-two-files.mjs ROOT stuck|recover|take-old|take-new|keep-live`. `stuck`
 * leaves a run whose revert failed, because somebody else changed a file; the others settle it.
 */
import { executeRun } from '../../src/apply/run/execute-run.ts';
import { openJournals } from '../../src/apply/journal/journal-file.ts';
import { needsPerson } from '../../src/apply/journal/for-person.ts';
import { recoverRuns, settleChosen } from '../../src/apply/recovery/recover.ts';
import type { SettleChoice } from '../../src/model/outcome.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';
import { CREATED, WATCHED } from './two-files.ts';

const [root, mode] = process.argv.slice(2);
const rig = await openRig(root);
if (mode === 'stuck') {
  const edits = [
    { path: CREATED, to: 'new b\n' },
    { path: WATCHED, to: 'new a\n', watched: true, onChange: ['false'] },
  ];
  rig.on('written', (event) => {
    if (event.type === 'written' && event.path === WATCHED) rig.write(WATCHED, 'theirs\n');
  });
  const { report } = await executeRun(rig.context, await runInput(rig, edits, { offline: true }));
  process.stdout.write(JSON.stringify([report.outcome, report.reason]));
} else if (mode === 'recover') {
  const reports = await recoverRuns(rig.context);
  process.stdout.write(JSON.stringify(reports.map((report) => report.outcome)));
} else {
  for (const journal of openJournals(rig.host).filter(needsPerson)) {
    const choice = mode as SettleChoice;
    const at = rig.host.clock.now().toISOString();
    const wanted = { choice, reason: null, actor: 'ann', at };
    const { report, open } = await settleChosen(rig.context, journal, wanted);
    process.stdout.write(JSON.stringify([report.outcome, open]));
  }
}
rig.close();
