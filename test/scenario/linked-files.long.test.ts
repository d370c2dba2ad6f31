import { execFile } from 'node:child_process';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

it('a link that was pointed elsewhere has drifted: apply refuses to follow it before its plan let go of the file', async () => {
  await pointTo('/opt/v2');
  const drift = await rig.exits(2, 'drift');
  expect(drift.stdout).toContain(`${LINK}: led to /opt/v1, now leads to /opt/v2`);
  expect(drift.stdout).toContain(`ln -sfn -- /opt/v1 ${rig.real(LINK)}`);
  expect((await rig.exits(2, 'drift', '-C', rig.dir)).stdout).toContain('now leads to /opt/v2');
  expect((await rig.exits(0, 'status')).stdout).toContain('M');
  expect((await rig.exits(0, 'plan')).stdout).toContain('blocked[SP3049]');
  expect((await rig.exits(7, 'apply', '--auto-approve')).stderr).toContain('SP3049');
  expect((await rig.exits(7, 'drift', '--restore', '--auto-approve')).stderr).toContain('ln -sfn');
  expect(await rig.read('/opt/v2')).toBe('original 2\n');
  await rm(join(rig.workspace.dir, 'plans/app.yaml'));
  await rig.workspace.commit('let go');
  await rig.applied();
  expect(await rig.read('/opt/v1')).toBe('original 1\n');
  await rig.workspace.plan('app', filePlan({ path: LINK }));
  await rig.workspace.commit('declared again');
  await rig.applied();
  expect(await rig.read('/opt/v2')).toBe('level = 1\n');
  await rig.exits(0, 'drift');
});

it('what a plan names by its own path once the link to it leads elsewhere is recorded by that', async () => {
  await pointTo('/opt/v2');
  await rig.workspace.plan('app', filePlan({ path: '/opt/v1' }));
  await rig.workspace.commit('the file itself');
  await rig.applied();
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
  await rig.exits(0, 'drift');
});

it('a later change is bound to the link that the plan names, not to what it led to', async () => {
  await rig.workspace.plan('app', filePlan({ path: LINK, content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  const { set } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>().result;
  expect(set.parts[0]?.files).toMatchObject([{ path: '/opt/v1', declared: LINK }]);
});

describe('a managed file that a link took the place of', () => {
  const path = '/etc/app/own.conf';
  const moved = '/etc/app/moved.conf';
  beforeEach(async () => {
    await rig.workspace.plan('own', filePlan({ path }));
    await rig.workspace.commit('own');
    await rig.applied();
    await rename(rig.real(path), rig.real(moved));
    await symlink('moved.conf', rig.real(path));
  });

  it('has drifted, is not written through, and is in sync again after the commands that drift shows', async () => {
    const { stdout } = await rig.exits(2, 'drift');
    expect(stdout).toContain(`${path}: was a file, now leads to ${moved}`);
    expect(stdout).not.toContain('no longer declared');
    const command = /put it back: (rm .*)/.exec(stdout)?.[1] ?? '';
    await rig.workspace.plan('own', filePlan({ path, content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    expect((await rig.exits(0, 'plan')).stdout).toContain(`${path}: was a file, now leads to`);
    expect((await rig.exits(7, 'apply', '--auto-approve')).stderr).toContain('SP3049');
    expect(await rig.read(moved)).toBe('level = 1\n');
    await promisify(execFile)('sh', ['-c', command]);
    await rig.applied();
    expect(await rig.read(path)).toBe('level = 2\n');
    await rig.exits(0, 'drift');
  });

  it('is forgotten with a word when its plan is gone, and nothing drifts then', async () => {
    await rm(join(rig.workspace.dir, 'plans/own.yaml'));
    await rig.workspace.commit('gone');
    expect((await rig.exits(0, 'plan')).stdout).toContain('nothing is given back');
    await rig.applied();
    expect(await rig.read(moved)).toBe('level = 1\n');
    await rig.exits(0, 'drift');
    expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
  });
});
