import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  BackupListResult,
  RecoverResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { applyInGateWait, CONF, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import type { Rig } from './rig/rig.ts';

const SHUT = `windows:\n  - {name: shut, deny: "0 * * * *", for: 1h, zone: UTC, plans: ["*"]}\n`;

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

async function shut(): Promise<void> {
  await rig.workspace.write('setpoint.yaml', `name: platform\n${SHUT}`);
  await rig.workspace.commit('Shut');
}

describe('a run that was killed, and then it is closed', () => {
  it('is taken back by its guardian', async () => {
    const running = await applyInGateWait(rig);
    await shut();
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    const status = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
    expect(status.openRuns).toEqual([]);
  });

  it.each([
    ['recover', ['recover']],
    ['the next apply, which then begins nothing of its own', ['apply', '--auto-approve']],
  ])('is taken back by %s', async (_, command) => {
    const running = await applyInGateWait(rig, '--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    await shut();
    const answer = await rig.exits(3, ...command, '--json');
    const { recovered } = answer.json<RecoverResult>().result;
    expect(recovered.map(({ outcome }) => outcome)).toEqual(['reverted']);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});

it('backup restore puts back what was before a run', async () => {
  await shut();
  const list = await rig.exits(0, 'backup', 'list', '--json');
  const [snapshot] = list.json<BackupListResult>().result.snapshots;
  await rig.exits(0, 'backup', 'restore', snapshot?.run ?? '', '--auto-approve', '--no-guardian');
  await expect(rig.read(CONF)).rejects.toThrow('ENOENT');
});
