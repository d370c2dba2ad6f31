import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bindMountMissing, unmount } from '../unit/apply/bind-mount.ts';
import { applyInGateWait, CONF, guardianOf, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import type { Rig } from './rig/rig.ts';
import { startSetpoint } from './rig/setpoint-process.ts';
import type { CliResult } from './rig/setpoint-process.ts';

let rig: Rig;
let elsewhere: string;
beforeEach(async () => {
  rig = await createLevelOneRig();
  elsewhere = `${rig.dir}/elsewhere`;
});
afterEach(() => rig.close());

/** An apply that died in its gate wait, and its guardian with it. */
async function dieInGateWait(): Promise<void> {
  const running = await applyInGateWait(rig);
  process.kill(guardianOf(rig, running), 'SIGKILL');
  running.signal('SIGKILL');
  await running.result;
  await lockIsFree(rig);
}

/** `setpoint` with another root than the one of the rig. */
function inRoot(root: string, ...args: readonly string[]): Promise<CliResult> {
  const options = { cwd: rig.workspace.dir, env: rig.env };
  return startSetpoint([...args, '--root', root], options).result;
}

function settledIn(root: string): void {
  expect(readFileSync(root + CONF, 'utf8')).toBe('level = 1\n');
  expect(readdirSync(`${root}/etc/app`)).toEqual(['app.conf']);
  expect(readdirSync(`${root}/var/lib/setpoint/journal`)).toEqual([]);
}

it('a root that was moved while a run was open is recovered where it is', async () => {
  await dieInGateWait();
  renameSync(rig.root, elsewhere);
  const told = await inRoot(elsewhere, 'recover', '--dry-run');
  expect(told.stdout).not.toMatch(/somebody else|neither/);
  expect((await inRoot(elsewhere, 'recover')).code).toBe(3);
  settledIn(elsewhere);
});

it.skipIf(bindMountMissing() !== null)(
  'a root that is mounted elsewhere is recovered there (needs root and the right to mount)',
  async () => {
    await dieInGateWait();
    mkdirSync(elsewhere);
    execFileSync('mount', ['--bind', rig.root, elsewhere]);
    try {
      expect((await inRoot(elsewhere, 'recover')).code).toBe(3);
    } finally {
      unmount(elsewhere);
    }
    settledIn(rig.root);
  },
);

it.each([
  ['without a choice', []],
  ['with a choice', ['--keep-live', '--reason', 'a copy']],
])(
  'recovering a copy of a root %s settles the copy and nothing of the apply that is at work in the original',
  async (_, choice) => {
    const running = await applyInGateWait(rig);
    execFileSync('cp', ['-a', rig.root, elsewhere]);
    const [stage = ''] = readdirSync(rig.real('/etc/app')).filter((name) => name !== 'app.conf');
    expect((await inRoot(elsewhere, 'recover', ...choice)).code).toBe(3);
    settledIn(elsewhere);
    expect(readdirSync(rig.real('/etc/app'))).toContain(stage);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    await rig.mark('open');
    expect((await running.result).code).toBe(0);
    expect(await rig.read(CONF)).toBe('level = 2\n');
  },
);
