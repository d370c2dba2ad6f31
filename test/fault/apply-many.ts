/** Runs in a process of its own, to be traced: `node apply-many.mjs ROOT FILES DIRECTORIES TEXT`. Replaces files under /etc/many. */
import { executeRun } from '../../src/apply/run/execute-run.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';

const [root, files, directories, text] = process.argv.slice(2);
const rig = await openRig(root);
const edits = Array.from({ length: Number(files) }, (_, i) => ({
  path: `/etc/many/${String(i % Number(directories))}/${String(i)}.conf`,
  to: `${String(text)}\n`,
}));
const { report } = await executeRun(rig.context, await runInput(rig, edits));
process.stdout.write(report.outcome);
rig.close();
