import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryResult, StatusResult } from '../../src/operations/results.ts';
import { CONF, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { applyKilledAt, NO_STRACE } from './rig/killed-at.ts';
import { filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
});
afterEach(() => rig.close());

async function statuses(): Promise<readonly string[]> {
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.entries.map(({ status }) => status);
}

async function settled(): Promise<void> {
  const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
  expect(result.openRuns).toEqual([]);
  const left = readdirSync(rig.real('/etc/app')).filter((name) => name.startsWith('.setpoint'));
  expect(left).toEqual([]);
}

describe.skipIf(NO_STRACE !== null)(`an applier with a guardian${NO_STRACE ?? ''}`, () => {
  it('killed before the commit point leaves nothing of the run', async () => {
    applyKilledAt(rig, 'link');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    await settled();
    expect(await statuses()).toEqual(['applied']);
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });

  it('killed after the decision to keep has its run finished and recorded', async () => {
    applyKilledAt(rig, 'unlink');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    await settled();
    expect(await statuses()).toEqual(['applied', 'applied']);
  });
});

describe.skipIf(NO_STRACE !== null)(`without a guardian${NO_STRACE ?? ''}`, () => {
  it('both are left to the next command', async () => {
    applyKilledAt(rig, 'unlink', '--no-guardian');
    const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
    expect(result.openRuns).toHaveLength(1);
    expect(await statuses()).toEqual(['applied']);
    await rig.exits(0, 'recover');
    expect(await statuses()).toEqual(['applied', 'applied']);
  });
});
