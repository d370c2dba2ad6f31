import { existsSync } from 'node:fs';
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, HistoryResult, StatusResult } from '../../src/operations/results.ts';
import { lockHolders } from '../../src/host/lock-holders.ts';
import {
  applyInGateWait,
  CONF,
  guardianOf,
  lockFile,
  lockIsFree,
  planLevelTwo,
} from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { filePlan } from './rig/plan-text.ts';
import { processEnded } from './rig/process-ended.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';
import { SCORE_FIXED } from '../unit/host/may-lower-oom-score.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

const log = (): Promise<string> => readFile(`${rig.stateDir}/guardian.log`, 'utf8');

const memoryScore = (pid: number): Promise<string> =>
  readFile(`/proc/${String(pid)}/oom_score_adj`, 'utf8');

async function openRuns(): Promise<StatusResult['openRuns']> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.openRuns;
}

describe('an applier killed with SIGKILL during the gate wait', () => {
  it('is taken back by its guardian, with gates, commits, audit rows and report, and nothing is left', async () => {
    const running = await applyInGateWait(rig);
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await openRuns()).toEqual([]);
    expect(await readdir(`${rig.stateDir}/journal`)).toEqual([]);
    expect(await readdir(rig.real('/etc/app'))).toEqual(['app.conf']);
    const { entries } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>().result;
    expect(entries.slice(0, 2).map(({ status }) => status)).toEqual(['reverted', 'attempted']);
    const run = entries[0]?.run ?? '';
    const report = JSON.parse(
      await readFile(`${rig.stateDir}/runs/${run}/report.json`, 'utf8'),
    ) as {
      outcome: string;
    };
    expect(report.outcome).toBe('reverted');
    const audit = await readFile(`${rig.stateDir}/audit.jsonl`, 'utf8');
    expect(audit).toContain(run);
    expect(audit.trimEnd().split('\n').at(-1)).toContain('reverted');
    expect((await rig.exits(0, 'doctor')).stdout).toContain('audit log');
    expect((await rig.exits(0, 'recover')).stdout).toContain(
      `Nothing to recover: no run is open. The last one of app was taken back at `,
    );
  });

  it('leaves a log that a person can read, closed to others', async () => {
    const running = await applyInGateWait(rig);
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    expect(await log()).toMatch(
      /the applier is gone\n.*settling what it left\n.* \(app\) is open\n.*restored .*app\.conf/s,
    );
    expect(await log()).toMatch(/ended reverted/);
    const { mode, size } = await stat(`${rig.stateDir}/guardian.log`);
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBeLessThan(2000);
  });

  it('leaves its run open where its root was moved away: the old path is not made anew', async () => {
    const running = await applyInGateWait(rig);
    const guardian = guardianOf(rig, running);
    const moved = `${rig.root}.moved`;
    await rename(rig.root, moved);
    running.signal('SIGKILL');
    await running.result;
    await processEnded(guardian);
    expect(existsSync(rig.root)).toBe(false);
    await rename(moved, rig.root);
    expect(await log()).toMatch(
      /nothing more is done here: .*: setpoint recover --root .*\.moved\n$/u,
    );
    await rig.exits(3, 'recover');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('and a living applier whose root is moved away does nothing there either: exit 4', async () => {
    const running = await applyInGateWait(rig);
    const moved = `${rig.root}.moved`;
    await rename(rig.root, moved);
    await rig.mark('open');
    const { code, stderr } = await running.result;
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('SP4209') });
    expect(stderr).toContain(`setpoint recover --root ${moved}`);
    expect(existsSync(rig.root)).toBe(false);
    await rename(moved, rig.root);
    await rig.exits(3, 'recover');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('is settled before an apply that waits for the lock, which then finds nothing to recover', async () => {
    const running = await applyInGateWait(rig);
    running.signal('SIGKILL');
    await running.result;
    await rig.workspace.plan('app', filePlan({ content: 'level = 3\n' }));
    await rig.workspace.commit('level 3');
    const next = await rig.exits(0, 'apply', '--auto-approve', '--json', '--lock-timeout', '60s');
    expect(next.json<ApplyResult>().result.recovered).toEqual([]);
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });

  it('is named as settled by the guardian to who asks for the holder meanwhile', async () => {
    await planLevelTwo(rig, 'after, revert');
    const running = rig.start('apply', '--auto-approve', '--allow-unhealthy');
    await waitForFile(`${rig.dir}/asked`);
    running.signal('SIGKILL');
    await running.result;
    const second = await rig.setpoint('apply', '--auto-approve', '--lock-timeout', '0s');
    expect(second.stderr + second.stdout).toMatch(/setpoint (guardian|apply)/);
    await rig.mark('open');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});

describe('a guardian', () => {
  it('ends with the command and changes neither its output nor its exit code', async () => {
    const running = await applyInGateWait(rig);
    const guardian = guardianOf(rig, running);
    await rig.mark('open');
    const { code, stdout, stderr } = await running.result;
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied') });
    expect(stderr).not.toContain('guardian');
    await processEnded(guardian);
    expect(await log()).toBe('');
  });

  it('that is killed does not keep the command from ending well', async () => {
    const running = await applyInGateWait(rig);
    process.kill(guardianOf(rig, running), 'SIGKILL');
    await rig.mark('open');
    expect(await running.result).toMatchObject({ code: 0 });
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect(await openRuns()).toEqual([]);
    await rig.exits(0, 'apply', '--auto-approve');
  });

  it('that is killed with its applier frees the lock at once, and recover settles the run', async () => {
    const running = await applyInGateWait(rig);
    const guardian = guardianOf(rig, running);
    process.kill(guardian, 'SIGKILL');
    running.signal('SIGKILL');
    await running.result;
    // A kill is sent, not awaited; the kernel frees the lock with the last of the two, and nobody else has it.
    await processEnded(guardian);
    expect(lockHolders(lockFile(rig))).toEqual([]);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    await rig.exits(3, 'recover', '--lock-timeout', '0s');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)('ignores %s', async (signal) => {
    const running = await applyInGateWait(rig);
    const guardian = guardianOf(rig, running);
    process.kill(guardian, signal);
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it.skipIf(SCORE_FIXED !== null)(
    `is spared by the out-of-memory killer while it waits; its applier is not${SCORE_FIXED ?? ''}`,
    async () => {
      const running = await applyInGateWait(rig);
      expect(await memoryScore(guardianOf(rig, running))).toBe('-1000\n');
      expect(await memoryScore(running.pid)).not.toBe('-1000\n');
      await rig.mark('open');
      await running.result;
    },
  );

  it('is not started when nothing is written', async () => {
    await rig.applied();
    expect(existsSync(`${rig.stateDir}/guardian.log`)).toBe(false);
    expect(existsSync(`${rig.stateDir}/recovery`)).toBe(false);
  });

  it('that cannot start stops the apply before anything is written, naming --no-guardian', async () => {
    await rig.put('/var/lib/setpoint/guardian.log/in-the-way', '');
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    const refused = await rig.exits(1, 'apply', '--auto-approve');
    expect(refused.stderr + refused.stdout).toMatch(/SP4230[^]*--no-guardian/);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await openRuns()).toEqual([]);
    await rig.applied('--no-guardian');
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });
});
