import { mkdir, rm, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import { createRig } from './rig/rig.ts';

const LINK = '/etc/app/linked.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await mkdir(rig.real('/etc/app'), { recursive: true });
  await rig.put('/opt/v1', 'original 1\n');
  await rig.put('/opt/v2', 'original 2\n');
  await pointTo('/opt/v1');
  await rig.workspace.plan('app', filePlan({ path: LINK }));
  await rig.workspace.commit('linked');
  await rig.applied();
});
afterEach(() => rig.close());

async function pointTo(target: string): Promise<void> {
  await rm(rig.real(LINK), { force: true });
  await symlink(target, rig.real(LINK));
}

it('after a link is pointed elsewhere the file it led to gets its original back, and the new one is managed', async () => {
  await pointTo('/opt/v2');
  expect((await rig.exits(0, 'plan')).stdout).toContain('/opt/v2');
  await rig.applied();
  expect([await rig.read('/opt/v1'), await rig.read('/opt/v2')]).toEqual([
    'original 1\n',
    'level = 1\n',
  ]);
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
});

it('a later change is bound to the link that the plan names, not to what it led to', async () => {
  await rig.workspace.plan('app', filePlan({ path: LINK, content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  const { set } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>().result;
  expect(set.parts[0]?.files).toMatchObject([{ path: '/opt/v1', declared: LINK }]);
});

it('a managed file that a link took the place of has drifted, and is not told as no longer declared', async () => {
  const path = '/etc/app/own.conf';
  await rig.workspace.plan('own', filePlan({ path }));
  await rig.workspace.commit('own');
  await rig.applied();
  await rm(rig.real(path));
  await symlink('/opt/v2', rig.real(path));
  const { stdout } = await rig.exits(2, 'drift');
  expect(stdout).toContain(`${path} leads to /opt/v2 now`);
  expect(stdout).not.toContain('no longer declared');
});
