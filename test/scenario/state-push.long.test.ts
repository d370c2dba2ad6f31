import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';
import { ofdLocks } from '../../src/host/locks.ts';
import type { Millis, RealPath } from '../../src/model/brand.ts';
import type {
  ApplyResult,
  StateExchangeResult,
  StateVerifyResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { applyInGateWait, lockIsFree } from './rig/gate-wait.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import {
  applyLevel,
  bareRemote,
  CONF,
  rigWithRemote,
  stateGit,
  useRemote,
} from './rig/state-remote.ts';
import type { BareRemote } from './rig/state-remote.ts';

const BRANCH = 'setpoint/cp-1';

let rig: Rig;
let remote: BareRemote;
afterEach(() => rig.close());

async function open(): Promise<void> {
  ({ rig, remote } = await rigWithRemote());
}

function local(): Promise<string> {
  return stateGit(rig, 'rev-parse', BRANCH);
}

async function status(): Promise<StatusResult['remote']> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.remote;
}

async function killedInGateWait(...args: readonly string[]): Promise<void> {
  const running = await applyInGateWait(rig, ...args);
  running.signal('SIGKILL');
  await running.result;
  await lockIsFree(rig);
}

it('after each apply the remote has the branch of the host as it is here, and status says so', async () => {
  await open();
  for (const level of [1, 2]) {
    const applied = await applyLevel(rig, level, '--json');
    expect(applied.json<ApplyResult>().diagnostics).toEqual([]);
    expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  }
  expect(await remote.git('for-each-ref', '--format=%(refname)')).toBe(`refs/heads/${BRANCH}`);
  expect(await status()).toEqual({
    remote: remote.url,
    branch: BRANCH,
    notPushed: 0,
    blocked: false,
  });
  expect((await rig.exits(0, 'status')).stdout).toContain('everything pushed');
});

it('a branch that somebody set back or deleted at the remote is told until the next push brings it back', async () => {
  await open();
  await applyLevel(rig, 1);
  await applyLevel(rig, 2);
  const deeds: readonly [string, readonly string[]][] = [
    ['1 commit', ['update-ref', `refs/heads/${BRANCH}`, `${BRANCH}~1`]],
    ['2 commits', ['branch', '-D', BRANCH]],
  ];
  for (const [count, deed] of deeds) {
    await remote.git(...deed);
    for (const command of ['verify', 'pull', 'adopt', 'verify']) {
      expect((await rig.exits(6, 'state', command)).stderr).toMatch(/SP5086.*(?:set back|deleted)/);
    }
    expect(await status()).toMatchObject({ notPushed: 0, blocked: false });
    const { stdout, stderr } = await rig.exits(0, 'state', 'push');
    expect(stderr).toMatch(/warning\[SP5086\].*(?:set back|deleted)/);
    expect(stderr).toContain('brought it back');
    expect(stdout).toContain(`Pushed ${count}`);
    expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
    await rig.exits(0, 'state', 'verify');
  }
});

it('an unplugged remote is a warning; what is not pushed is known, and an apply without changes makes up for it', async () => {
  await open();
  await applyLevel(rig, 1);
  await rename(remote.dir, `${remote.dir}.away`);
  for (const level of [2, 3]) {
    const applied = await applyLevel(rig, level);
    expect(applied.code).toBe(0);
    expect(applied.stderr).toContain('SP5080');
    expect(applied.stderr).toContain(remote.url);
    expect(applied.stderr).toMatch(/the next setpoint command .* tries again/);
  }
  expect((await status())?.notPushed).toBe(2);
  expect((await rig.exits(0, 'status')).stdout).toContain('2 commits not pushed');
  expect((await rig.exits(1, 'state', 'verify')).stderr).toContain('SP5080');
  await rename(`${remote.dir}.away`, remote.dir);
  expect((await rig.exits(0, 'state', 'verify')).stdout).toContain('with commits to push');
  expect((await rig.applied('--json')).json<ApplyResult>().diagnostics).toEqual([]);
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  expect((await status())?.notPushed).toBe(0);
});

it('with everything pushed, a command without changes does not even ask the remote', async () => {
  await open();
  await applyLevel(rig, 1);
  await rename(remote.dir, `${remote.dir}.away`);
  expect((await rig.applied('--json')).json<ApplyResult>().diagnostics).toEqual([]);
});

it('a remote that refuses the push never changes the exit code; state push says so with its own', async () => {
  await open();
  const hook = join(remote.dir, 'hooks/pre-receive');
  await writeFile(hook, '#!/bin/sh\necho no room at all >&2\nexit 1\n');
  await chmod(hook, 0o755);
  const applied = await applyLevel(rig, 1);
  expect(applied.code).toBe(0);
  expect(applied.stderr).toContain('SP5080');
  expect((await rig.exits(1, 'state', 'push')).stderr).toContain('declined');
  await chmod(hook, 0o644);
  const pushed = (await rig.exits(0, 'state', 'push', '--json')).json<StateExchangeResult>();
  expect(pushed.result).toMatchObject({ did: 'pushed', pushed: 1, branch: BRANCH });
  expect((await rig.exits(0, 'state', 'push')).stdout).toContain('Nothing to do');
});

it('a reverted run is pushed, too, and keeps its exit code', async () => {
  await open();
  await applyLevel(rig, 1);
  await rig.workspace.plan(
    'app',
    `resources:
  conf:
    kind: file
    path: ${CONF}
    content: "level = 2\\n"
    gates:
      - {kind: command, run: ["false"], phases: [after], within: 200ms, every: 50ms, successes: 1}`,
  );
  await rig.workspace.commit('red');
  await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  expect(await remote.git('rev-list', '--count', BRANCH)).toBe('3');
});

it('what a guardian recorded is pushed by the confirm that it waited for', async () => {
  await open();
  expect((await applyLevel(rig, 1)).code).toBe(0);
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  await rig.applied('--confirm-within', '10m');
  await rig.exits(0, 'confirm');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  expect(await remote.git('rev-list', '--count', BRANCH)).toBe('2');
});

it('what a guardian settled it does not push: status counts it, and recover, which settles the next run, makes up for it', async () => {
  await open();
  await applyLevel(rig, 1);
  await killedInGateWait();
  expect(await status()).toMatchObject({ notPushed: 2 });
  await rm(join(rig.dir, 'asked'));
  await rig.workspace.write('note', 'tried again');
  await killedInGateWait('--no-guardian');
  await rig.exits(3, 'recover');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  expect(await remote.git('rev-list', '--count', BRANCH)).toBe('5');
});

it('a push that the run lock keeps away is a warning, and the command that had nothing to do stays a success', async () => {
  await open();
  await applyLevel(rig, 1);
  await rename(remote.dir, `${remote.dir}.away`);
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  await rig.applied();
  const lock = await ofdLocks(systemClock, 'boot').acquire(
    join(rig.stateDir, 'lock') as RealPath,
    'a test',
    1000 as Millis,
  );
  try {
    const applied = await rig.applied('--lock-timeout', '100ms');
    expect(applied.stderr).toMatch(/SP5080.* not pushed: .*a test/);
  } finally {
    lock.release();
  }
});

it('credentials of the remote are never shown', async () => {
  await open();
  await applyLevel(rig, 1);
  await useRemote(rig, 'http://eve:s3cret@word@127.0.0.1:9/x.git?private_token=t0ken');
  const told: string[] = [];
  for (const args of [['status'], ['status', '--json'], ['state', 'verify'], ['state', 'push']]) {
    const { stdout, stderr } = await rig.setpoint(...args);
    told.push(stdout, stderr);
  }
  const { code, stdout, stderr } = await applyLevel(rig, 2);
  expect(code).toBe(0);
  expect(stderr).toContain('SP5080');
  const all = [...told, stdout, stderr].join('\n');
  expect(all).toContain('127.0.0.1');
  expect(all).not.toMatch(/s3cret|word|eve|t0ken/);
});

it.each([
  'var/lib/setpoint/copy.git',
  '/RIG/root/var/lib/setpoint/state.git',
  'file:///RIG/root/var/lib/setpoint/x.git',
])('a remote that is no second place is refused before anything is changed: %s', async (url) => {
  await open();
  await useRemote(rig, url.replace('/RIG', rig.dir));
  const { code, stderr } = await applyLevel(rig, 1);
  expect(stderr).toContain('SP5081');
  expect(code).toBe(65);
  expect(await rig.read(CONF)).toBe('level = 0\n');
});

it('the folder of the branches at the remote can be chosen', async () => {
  await open();
  await useRemote(rig, remote.dir, ', branch: fleet/recorded');
  await applyLevel(rig, 1);
  expect(await remote.git('rev-parse', 'fleet/recorded/cp-1')).toBe(await local());
});

it('another remote than before is told everything, and nobody forgets the first one', async () => {
  await open();
  await applyLevel(rig, 1);
  const second = await bareRemote(rig, 'second.git');
  await useRemote(rig, second.url);
  expect((await status())?.notPushed).toBe(1);
  await rig.applied();
  expect(await second.git('rev-parse', BRANCH)).toBe(await local());
  await useRemote(rig, remote.url);
  expect((await status())?.notPushed).toBe(0);
});

it('without a remote nothing is pushed, and the commands about it say what is missing', async () => {
  rig = await createRig();
  await rig.put(CONF, 'level = 0\n');
  await applyLevel(rig, 1);
  expect(await status()).toBeNull();
  expect((await rig.exits(64, 'state', 'push')).stderr).toContain('SP5088');
  const verified = (await rig.exits(0, 'state', 'verify', '--json')).json<StateVerifyResult>();
  expect(verified.result).toMatchObject({ files: 1, remote: null, problems: [] });
});
