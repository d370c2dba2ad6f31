/** systemd is not the init process of the test machines: what its units start is started by hand. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockHolders } from '../../src/host/lock-holders.ts';
import type { HistoryResult, StatusResult } from '../../src/operations/results.ts';
import { CONF, lockFile, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { applyKilledAt, killedAt, NO_STRACE } from './rig/killed-at.ts';
import { filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import { bothFiles, leaveStuckRun, renamedOverConf, TAKEN } from './rig/stuck-run.ts';
import { waitForFile } from './rig/wait-for-file.ts';
import { applyToConfirm, guardianWaits } from './rig/waiting-run.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/recovery/recovery.mjs', import.meta.url));

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

function boot(stage: 'restore' | 'verify'): Promise<{ code: number; text: string }> {
  const args = [PROGRAM, stage, '--root', rig.root, '--state-dir', rig.stateDir];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: '/', env: {} }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

/**
 * A run that is open in its gate wait, its applier dead, with an action and a gate that leave marks. The gate of the new file still
 * hangs, and nothing else is under way: what is marked from here on is the work of a boot.
 */
async function leaveOpen(): Promise<void> {
  const old = `echo gate >> ${rig.dir}/did; grep -q 'level = 1' ${rig.real(CONF)}`;
  const script = JSON.stringify(`${old} || { touch ${rig.dir}/asked; exec sleep 60; }`);
  const gate = `{kind: command, run: [sh, -c, ${script}], phases: [before, after, revert], within: 60s, timeout: 60s}`;
  const action = `    onChange: [{run: [sh, -c, "echo action >> ${rig.dir}/did"]}]`;
  await rig.workspace.plan(
    'app',
    filePlan({ content: 'level = 2\n', gates: [gate], extra: action }),
  );
  await rig.workspace.commit('level 2');
  const running = rig.start('apply', '--auto-approve', '--no-guardian');
  await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
  running.signal('SIGKILL');
  await running.result;
}

const did = async (): Promise<number> => (await rig.marked('did')).split('\n').length;

async function openRuns(): Promise<number> {
  const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
  return result.openRuns.length;
}

async function statuses(): Promise<readonly string[]> {
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.entries.map(({ status }) => status);
}

describe('after a crash of the machine', () => {
  it('restore puts the old bytes back and runs no gate and no action; verify proves and records', async () => {
    await leaveOpen();
    const before = await did();
    const restored = await boot('restore');
    expect(restored).toMatchObject({ code: 3, text: expect.stringContaining('restored /etc/app') });
    expect(restored.text).toContain('not proven yet');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await did()).toBe(before);
    expect(await openRuns()).toBe(1);
    expect(await statuses()).toEqual(['applied']);
    expect(await boot('restore')).toMatchObject({ code: 3 });

    expect(await boot('verify')).toMatchObject({ code: 3 });
    expect(await did()).toBeGreaterThan(before);
    expect(await openRuns()).toBe(0);
    expect(await statuses()).toEqual(['reverted', 'attempted', 'applied']);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await readdir(rig.real('/etc/app'))).toEqual(['app.conf']);
  });

  it('restore leaves a file alone that somebody else changed in the same place, and says so', async () => {
    await leaveOpen();
    await rig.put(CONF, 'foreign\n');
    const restored = await boot('restore');
    expect(restored).toMatchObject({ code: 4, text: expect.stringContaining('somebody else') });
    expect(await rig.read(CONF)).toBe('foreign\n');
    expect(await boot('verify')).toMatchObject({ code: 4 });
    expect(await rig.read(CONF)).toBe('foreign\n');
    // A person has to look: no later boot touches it.
    expect(await boot('restore')).toMatchObject({ code: 0, text: '' });
    expect(await rig.read(CONF)).toBe('foreign\n');
  });

  it('a run that waits to be confirmed is taken back: restore its files, verify its record', async () => {
    await guardianWaits(rig, await applyToConfirm(rig));
    for (const pid of lockHolders(lockFile(rig))) process.kill(pid, 'SIGKILL');
    await lockIsFree(rig);
    expect(await boot('restore')).toMatchObject({ code: 3 });
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await boot('verify')).toMatchObject({ code: 3 });
    expect(await statuses()).toEqual(['reverted', 'attempted', 'applied']);
    expect(await openRuns()).toBe(0);
  });

  it('with nothing open both do nothing, not even take the lock', async () => {
    const audit = await readFile(`${rig.stateDir}/audit.jsonl`, 'utf8');
    expect(await boot('restore')).toEqual({ code: 0, text: '' });
    expect(await boot('verify')).toEqual({ code: 0, text: '' });
    expect(await readFile(`${rig.stateDir}/audit.jsonl`, 'utf8')).toBe(audit);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('a state directory that is not there is nothing open', async () => {
    const args = ['--root', rig.root, '--state-dir', `${rig.dir}/none`];
    await new Promise<void>((resolve, reject) => {
      execFile(process.execPath, [PROGRAM, 'restore', ...args], (error) =>
        error === null ? resolve() : reject(error),
      );
    });
    expect(existsSync(`${rig.dir}/none`)).toBe(false);
  });
});

describe.skipIf(NO_STRACE !== null)(`after the decision to keep${NO_STRACE ?? ''}`, () => {
  it('restore leaves the new bytes and verify records them', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    applyKilledAt(rig, 'unlink', '--no-guardian');
    expect(await boot('restore')).toMatchObject({ code: 0 });
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect(await boot('verify')).toMatchObject({ code: 0 });
    expect(await statuses()).toEqual(['applied', 'applied']);
    expect(await openRuns()).toBe(0);
  });
});

describe.skipIf(NO_STRACE !== null)(`after a person's choice was cut off${NO_STRACE ?? ''}`, () => {
  it.each([
    ['take-old', TAKEN.old, 3, ['reverted', 'attempted']],
    ['take-new', TAKEN.new, 0, ['applied, unproven']],
  ] as const)(
    'restore puts the files of --%s and asks no gate; verify does the rest',
    async (choice, wanted, code, recorded) => {
      await leaveStuckRun(rig);
      const before = await did();
      const path = (await renamedOverConf(rig))[choice];
      // A machine that goes down takes the guardian with it: here it cannot start.
      await rig.put('/var/lib/setpoint/guardian.log/in-the-way', '');
      killedAt(rig, { call: 'rename', path }, 'recover', `--${choice}`);
      expect(await bothFiles(rig)).not.toEqual(wanted);
      expect(await boot('restore')).toMatchObject({
        code,
        text: expect.stringContaining('not proven'),
      });
      expect(await bothFiles(rig)).toEqual(wanted);
      expect(await did()).toBe(before);
      expect(await openRuns()).toBe(1);

      expect(await boot('verify')).toMatchObject({ code });
      expect(await did()).toBeGreaterThan(before);
      expect(await openRuns()).toBe(0);
      expect((await statuses()).slice(0, recorded.length)).toEqual(recorded);
      expect(await bothFiles(rig)).toEqual(wanted);
    },
  );
});
