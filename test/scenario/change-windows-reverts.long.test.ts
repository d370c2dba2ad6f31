import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockHolders } from '../../src/host/lock-holders.ts';
import type { Millis } from '../../src/model/brand.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import type {
  BackupListResult,
  RecoverResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { applyInGateWait, CONF, lockFile, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { applyKilledAt, NO_STRACE } from './rig/killed-at.ts';
import { filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import { applyIn, sessionAt } from './rig/session-at.ts';

const SHUT = `windows:\n  - {name: shut, deny: "0 * * * *", for: 1h, zone: UTC, plans: ["*"]}\n`;

/** From 21:00 UTC in winter. */
const NIGHT = `windows:\n  - {name: night, allow: "0 22 * * *", for: 6h, zone: Europe/Berlin, plans: ["app"]}\n`;

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

describe.skipIf(NO_STRACE !== null)(
  `what a killed run left, and --wait-window${NO_STRACE ?? ''}`,
  () => {
    beforeEach(async () => {
      await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
      await rig.workspace.commit('level 2');
      applyKilledAt(rig, 'unlink', '--no-guardian');
      await rig.workspace.plan('app', filePlan({ content: 'level = 3\n' }));
      await rig.workspace.write('setpoint.yaml', `name: platform\n${NIGHT}`);
      await rig.workspace.commit('Nights');
    });

    it('is told as settled to who ends the wait', async () => {
      const { session, hand } = await sessionAt(rig, '2026-11-23T20:58Z');
      const ends = new AbortController();
      hand.meanwhile = () => {
        ends.abort();
        return Promise.resolve();
      };
      const waiting = applyIn(session, {
        waitWindow: 86_400_000 as Millis,
        signal: ends.signal,
      });
      const message = 'interrupted: a run that was left open is settled, nothing else was changed';
      await expect(waiting).rejects.toMatchObject({ diagnostics: [{ code: 'SP9011', message }] });
      expect(await rig.read(CONF)).toBe('level = 2\n');
    });

    it('is finished before the wait, not after it', async () => {
      const { session, hand } = await sessionAt(rig, '2026-11-23T20:58Z');
      const order: string[] = [];
      const listener = ({ type }: RunEvent): void => {
        if (type === 'recovery-started' || type === 'window-awaited') order.push(type);
      };
      hand.meanwhile = async () => {
        expect(lockHolders(lockFile(rig))).toEqual([]);
        expect(await rig.read(CONF)).toBe('level = 2\n');
      };
      const result = await applyIn(session, { waitWindow: 86_400_000 as Millis, listener });
      expect(result).toMatchObject({ exitCode: 0, runs: [{ outcome: 'applied' }] });
      expect(order).toEqual(['recovery-started', 'window-awaited']);
      expect(await rig.read(CONF)).toBe('level = 3\n');
    });
  },
);
