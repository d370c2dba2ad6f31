/**
 * Runs in a process of its own, to be killed: `node apply-in-place.mjs ROOT keep|revert|recover`. Writes one file of several
 * pages in place; `revert` lets an action fail on the new content.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executeRun } from '../../src/apply/run/execute-run.ts';
import { recoverRuns } from '../../src/apply/recovery/recover.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';
import { IN_PLACE } from './two-files.ts';

const [root = '', mode] = process.argv.slice(2);
const rig = await openRig(root);
if (mode === 'recover') {
  const reports = await recoverRuns(rig.context);
  process.stdout.write(JSON.stringify(reports.map((report) => report.outcome)));
} else {
  const onChange = mode === 'revert' ? [`grep -q old ${rig.real(IN_PLACE)}`] : [];
  const to = readFileSync(join(root, 'new'), 'utf8');
  const edit = { path: IN_PLACE, to, mode: 0o600, inPlace: true, onChange };
  const { report } = await executeRun(rig.context, await runInput(rig, [edit], { offline: true }));
  process.stdout.write(JSON.stringify([report.outcome, report.reason]));
}
rig.close();
