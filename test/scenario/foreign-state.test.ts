import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ onDisk: true });
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
});
afterEach(() => rig.close());

it.skipIf(process.geteuid?.() !== 0)(
  'root is warned by apply and doctor when the state directory is of another user; the help repairs it (needs root)',
  async () => {
    expect((await rig.applied('--no-guardian')).stderr).not.toContain('SP6022');
    execFileSync('chown', ['-R', '65534:65534', rig.stateDir]);
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    expect((await rig.exits(0, 'recover', '--dry-run')).stderr).toContain('warning[SP6022]');
    const { stderr } = await rig.applied('--no-guardian');
    const nothingToDo = await rig.applied('--json');
    expect(nothingToDo.json<object>().diagnostics.map(({ code }) => code)).toEqual(['SP6022']);
    expect(stderr).toContain(`warning[SP6022]: ${rig.stateDir} belongs to user 65534`);
    expect((await rig.setpoint('doctor')).stdout).toContain('but setpoint runs as root');
    const [, repair = 'false'] = /\((chown -R [^)]*)\)/.exec(stderr) ?? [];
    execFileSync('sh', ['-c', repair]);
    expect((await rig.exits(0, 'doctor')).stdout).not.toContain('but setpoint runs as root');
  },
);

it('a state directory that everybody may write to is refused until the command in the help was run', async () => {
  await rig.applied();
  chmodSync(rig.stateDir, 0o777);
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  const { stderr } = await rig.exits(1, 'apply', '--auto-approve', '--no-guardian');
  expect(stderr).toContain(`error[SP6023]: others could change`);
  for (const args of [['confirm'], ['backup', 'prune']]) {
    expect((await rig.exits(1, ...args)).stderr).toContain('SP6023');
  }
  expect((await rig.exits(1, 'doctor')).stdout).toContain('is writable by everybody');
  const [, repair = 'false'] = /`(chmod 0700 [^`]*)`/.exec(stderr) ?? [];
  execFileSync('sh', ['-c', repair]);
  await rig.exits(0, 'doctor');
  await rig.applied();
  expect(statSync(rig.stateDir).mode & 0o777).toBe(0o700);
});
