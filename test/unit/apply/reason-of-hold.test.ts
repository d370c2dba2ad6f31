import { afterEach, beforeEach, expect, test } from 'vitest';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { EXIT } from '../../../src/model/outcome.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old\n');
});
afterEach(() => rig.close());

test('where there is no room for the reason of the hold nothing is recorded; the next recovery records it', async () => {
  const full = new SetpointError(EXIT.failed, [
    { code: 'SP5002', severity: 'error', message: 'no room for a tree' },
  ]);
  const context = { ...rig.context, state: { ...rig.state, prepare: () => Promise.reject(full) } };
  const input = await runInput(rig, [
    { path: A, to: 'new\n', audits: [`grep -q old ${rig.real(A)}`] },
  ]);
  const { report } = await executeRun(context, input);
  expect(report.outcome).toBe('reverted');
  expect(report.reason).toMatch(/audit.*; not recorded: no room for a tree/);
  expect(await rig.state.head()).toBeNull();

  const [recovered] = await recoverRuns(rig.context);
  expect(recovered?.reason).toMatch(/audit/);
  expect((await rig.state.load()).plans[0]?.hold?.reason).toBe(recovered?.reason);
});
