import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import type { RecoverResult } from '../../../src/operations/results.ts';
import { runInput } from '../apply/run-inputs.ts';
import { HOST, openRig, type RunRig } from '../apply/run-rig.ts';

const A = '/etc/app/a.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old\n');
});
afterEach(() => rig.close());

async function recover(): Promise<RecoverResult> {
  const session = await openSession({
    root: rig.root,
    host: HOST,
    cwd: rig.root,
    env: process.env,
    actor: 'ann',
    lockTimeout: 5000 as Millis,
  });
  return recoverRuns(session, { runs: [], choice: null, dryRun: false, listener: () => {} });
}

test('a damaged branch of the recorded state keeps no file from being restored; recording comes later', async () => {
  await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'first\n' }]));
  const input = await runInput(rig, [{ path: A, to: 'new\n' }]);
  // The applier dies before anything is decided.
  await new Promise<void>((resolve) => {
    const advance = (): Promise<never> => {
      resolve();
      return new Promise(() => {});
    };
    // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
    executeRun({ ...rig.context, state: { ...rig.state, advance } }, input).catch(() => {});
  });
  rmSync(runFolder(rig.host.stateDir, input.run).decision);
  (await rig.host.pathLocks.acquire([], 0 as Millis)).release();
  rig.context.lock.release();
  const branch = join(rig.state.dir, `refs/heads/setpoint/${HOST}`);
  const good = readFileSync(branch);
  writeFileSync(branch, '');

  const first = await recover();
  expect([rig.read(A), first.exitCode]).toEqual(['first\n', 4]);
  expect(first.recovered[0]?.outcome).toBe('reverted');
  expect(first.problems.find(({ code }) => code === 'SP5011')?.help).toContain(branch);

  writeFileSync(branch, good);
  const second = await recover();
  expect([second.exitCode, second.recovered[0]?.commits.length]).toEqual([3, 2]);
});
