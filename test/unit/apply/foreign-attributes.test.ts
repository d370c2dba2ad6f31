import { chmodSync, chownSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const root = process.getuid?.() === 0;

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n', 0o644);
});
afterEach(() => rig.close());

/** A run that is taken back; `act` is what somebody does once its file is written. */
async function takenBack(act: () => void, more: Partial<FileEdit> = {}) {
  rig.on('written', act);
  const edit = { path: A, to: 'new a\n', audits: ['false'], ...more };
  return executeRun(rig.context, await runInput(rig, [edit]));
}

test.each([
  ['a replaced file', {}],
  ['a file written in place', { inPlace: true }],
  ['a file whose permissions the run changed, too', { mode: 0o755 }],
])('permissions that somebody else sets in the gate wait stay on %s', async (_, more) => {
  const { report, diagnostics } = await takenBack(() => chmodSync(rig.real(A), 0o600), more);
  expect([report.outcome, rig.read(A)]).toEqual(['reverted', 'old a\n']);
  expect(rig.stateOf(A)?.mode).toBe(0o600);
  expect(report.othersEdits).toEqual([A]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['SP4206']);
  expect(diagnostics[0]?.message).toContain('mode 0600');
});

test('what the run itself changed goes back, and nobody is warned', async () => {
  const { report, diagnostics } = await takenBack(() => {}, { mode: 0o755 });
  expect([rig.stateOf(A)?.mode, report.othersEdits, diagnostics]).toEqual([0o644, undefined, []]);
});

test.skipIf(!root)('so does an owner that somebody else sets (needs root)', async () => {
  const { report } = await takenBack(() => chownSync(rig.real(A), 1000, 1000));
  expect([report.outcome, rig.read(A)]).toEqual(['reverted', 'old a\n']);
  expect(rig.stateOf(A)).toMatchObject({ mode: 0o644, uid: 1000, gid: 1000 });
});

test('recovery of a revert that died after its file was back says so again and changes nothing', async () => {
  rig.on('written', () => chmodSync(rig.real(A), 0o600));
  const reached = new Promise<void>((resolve) => rig.on('restored', () => resolve()));
  let calls = 0;
  // The action on the new file ends, the one on the old file never does.
  const commands: typeof rig.host.commands = {
    run: (argv, options) =>
      (calls += 1) > 2 ? new Promise(() => {}) : rig.host.commands.run(argv, options),
  };
  const host = { ...rig.host, commands };
  const edit = { path: A, to: 'new a\n', audits: ['false'], onChange: ['true'] };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host }, await runInput(rig, [edit])).catch(() => {});
  await reached;
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'reverted', othersEdits: [A] });
  expect([rig.read(A), rig.stateOf(A)?.mode]).toEqual(['old a\n', 0o600]);
});
