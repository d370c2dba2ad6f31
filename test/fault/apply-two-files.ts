/** Runs in a process of its own, to be traced: `node apply-two-files.mjs ROOT`. Applies an edit of a watched and a new file. */
import { executeRun } from '../../src/apply/run/execute-run.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';
import { CREATED, WATCHED } from './two-files.ts';

const [root] = process.argv.slice(2);
const rig = await openRig(root);
const edits = [
  { path: WATCHED, to: 'new a\n', watched: true },
  { path: CREATED, to: 'new b\n' },
];
const { report } = await executeRun(rig.context, await runInput(rig, edits, { offline: true }));
process.stdout.write(JSON.stringify([report.outcome, report.reason]));
rig.close();
