import { mkdir, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

interface Failure {
  readonly diagnostics: readonly { code: string; message: string; help?: string; at?: object }[];
}

it.each([
  '/var/lib/setpoint/journal/x.json',
  '/var/lib/setpoint/locks',
  '/var/lib/setpoint/state.git/HEAD',
  '/etc/app/.setpoint-stage-x/y',
  '/etc/app/state/journal/x.json',
])('a plan for a place of setpoint itself is refused with place and help: %s', async (path) => {
  await mkdir(rig.real('/etc/app'), { recursive: true });
  await mkdir(rig.stateDir, { recursive: true });
  await symlink('/var/lib/setpoint', rig.real('/etc/app/state'));
  await rig.workspace.plan(
    'own',
    `resources:\n  a:\n    kind: file\n    path: ${path}\n    content: "{}"\n`,
  );
  await rig.workspace.commit('Declare');
  for (const command of [['plan'], ['apply', '--auto-approve']]) {
    const { stdout } = await rig.exits(65, ...command, '--json');
    const [problem] = (JSON.parse(stdout) as Failure).diagnostics;
    expect(problem).toMatchObject({ code: 'SP6066', at: { file: 'plans/own.yaml' } });
    expect(problem?.message).toContain(path);
    expect(problem?.help).toContain('name a file outside');
  }
  await rig.exits(0, 'status');
});

it('a mirror inside the state directory is refused by validate and doctor as by apply', async () => {
  await rig.close();
  rig = await createRig({ settings: 'backups:\n  mirror: /var/lib/setpoint/backups-2' });
  await rig.workspace.plan(
    'a',
    'resources:\n  a:\n    kind: file\n    path: /etc/a\n    content: a\n',
  );
  await rig.workspace.commit('Declare');
  expect((await rig.exits(65, 'apply', '--auto-approve')).stderr).toContain('SP5066');
  expect((await rig.exits(65, 'validate')).stderr).toContain('SP5066');
  expect((await rig.setpoint('doctor')).stdout).toContain('it lies inside the state directory');
});
