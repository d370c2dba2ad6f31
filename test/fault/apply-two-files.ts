/**
 * Runs in a process of its own, to be killed: `node apply-two-files.mjs ROOT keep|revert|recover`. Applies an edit of two files
 * (one watched, one new) under ROOT; `revert` lets an action fail after both are written.
 */
import { executeRun } from '../../src/apply/execute-run.ts';
import { recoverRuns } from '../../src/apply/recover.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';
import { CREATED, WATCHED } from './two-files.ts';

const [root, mode] = process.argv.slice(2);
const rig = await openRig(root);
if (mode === 'recover') {
  const reports = await recoverRuns(rig.context);
  process.stdout.write(JSON.stringify(reports.map((report) => report.outcome)));
} else {
  // Fails on the new file only, so that it passes again after the revert.
  const onChange = mode === 'revert' ? [`grep -q old ${rig.real(WATCHED)}`] : [];
  const edits = [
    { path: WATCHED, to: 'new a\n', watched: true },
    { path: CREATED, to: 'new b\n', onChange },
  ];
  const { report } = await executeRun(rig.context, await runInput(rig, edits, { offline: true }));
  process.stdout.write(JSON.stringify([report.outcome, report.reason]));
}
rig.close();
