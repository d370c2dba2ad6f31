import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { applyInGateWait, CONF, lockIsFree } from './rig/gate-wait.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
let repository: string;
beforeEach(async () => {
  rig = await createRig({ onDisk: true });
  repository = `${rig.stateDir}/state.git`;
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
});
afterEach(() => rig.close());

const COMMANDS = [['plan'], ['status'], ['apply', '--auto-approve']] as const;

async function refused(): Promise<string> {
  let said = '';
  for (const command of COMMANDS) {
    const { stderr } = await rig.exits(1, ...command);
    expect(stderr).toContain('error[SP5011]');
    said = stderr;
  }
  return said;
}

it('a state repository that is gone is never taken for a host without a record; put back, it is whole again', async () => {
  await rig.applied();
  renameSync(repository, `${rig.dir}/saved.git`);
  expect(await refused()).toContain(`recorded state ${repository} is damaged: it is gone`);
  expect((await rig.exits(1, 'doctor')).stdout).not.toContain('nothing recorded yet');
  renameSync(`${rig.dir}/saved.git`, repository);
  await rig.exits(0, 'plan');
  await rig.exits(0, 'doctor');
});

it('who has lost the record for good begins anew with the command that is told', async () => {
  await rig.applied();
  rmSync(repository, { recursive: true });
  const [, anew = 'false'] = /begin anew[^`]+`([^`]+)`/.exec(await refused()) ?? [];
  execFileSync('sh', ['-c', anew]);
  await rig.applied();
  expect((await rig.exits(0, 'doctor')).stdout).toContain('All well');
});

it('a branch that is lost after its first commit is put back by the command that is told', async () => {
  await rig.applied();
  const log = await rig.stateLog();
  const branches = `${repository}/refs/heads/setpoint`;
  rmSync(branches, { recursive: true });
  const [, back = 'false'] = /put it back with `([^`]+)`/.exec(await refused()) ?? [];
  execFileSync('sh', ['-c', back]);
  expect(await rig.stateLog()).toEqual(log);
  await rig.exits(0, 'doctor');
});

it.each([
  ['a first run', async () => {}],
  ['a later run', () => rig.applied()],
])(
  'the repository gone while %s is open: every command tells the one way out, and it ends the run',
  async (_, before) => {
    await before();
    const old = await rig.read(CONF).catch(() => null);
    const running = await applyInGateWait(rig, '--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    rmSync(repository, { recursive: true });
    for (let i = 0; i < 3; i += 1) {
      const { stdout } = await rig.exits(4, 'recover');
      expect(stdout).not.toMatch(/Run `setpoint doctor`; it checks/);
      for (const [, command = ''] of stdout.matchAll(/`((?:mv|rm) [^`]+)`/g)) {
        execFileSync('sh', ['-c', command]);
      }
      if (readdirSync(`${rig.stateDir}/journal`).every((name) => name.endsWith('.lost'))) break;
      const chosen = await rig.exits(4, 'recover', '--take-old');
      expect(chosen.stdout + chosen.stderr).not.toContain('SP4256');
      const { stdout: applied } = await rig.exits(4, 'apply', '--auto-approve');
      expect(applied).not.toContain('Recovered 1 run');
    }
    await rig.exits(0, 'recover');
    expect(await rig.read(CONF).catch(() => null)).toBe(old);
    await rig.mark('open');
    await rig.applied();
    expect((await rig.exits(0, 'doctor')).stdout).toContain('All well');
  },
);
