import { execFile } from 'node:child_process';
import { access, chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import type { ApplyResult, BackupListResult, StatusResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import type { Envelope } from './rig/setpoint-process.ts';

const CONF = '/etc/app/app.conf';
const run = promisify(execFile);

let rig: Rig;
afterEach(() => rig.close());

async function open(mirror: string): Promise<void> {
  rig = await createRig();
  await rig.workspace.write(
    'setpoint.yaml',
    `name: platform\nbackups: {mirror: ${JSON.stringify(mirror.replace('RIG', rig.dir))}}\n`,
  );
  await rig.put(CONF, 'level = 0\n');
}

async function applyLevel(n: number): Promise<Envelope<ApplyResult>> {
  await rig.workspace.plan('app', filePlan({ content: `level = ${n}\n` }));
  await rig.workspace.commit(`level ${n}`);
  return (await rig.applied('--json')).json<ApplyResult>();
}

async function mirrorTold(): Promise<StatusResult['mirror']> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.mirror;
}

async function host(): Promise<string> {
  return (await rig.exits(0, 'backup', 'list', '--json')).json<BackupListResult>().result.host;
}

function owed(): Promise<boolean> {
  return access(join(rig.stateDir, 'backups/outbox.json')).then(
    () => true,
    () => false,
  );
}

async function files(directory: string): Promise<readonly string[]> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

async function remoteFiles(): Promise<readonly string[]> {
  const branch = `setpoint-backups/${await host()}`;
  const { stdout } = await run(
    'git',
    ['--git-dir', join(rig.dir, 'mirror.git'), 'ls-tree', '-r', '--name-only', branch],
    { env: rig.env },
  );
  return stdout.trim().split('\n').sort();
}

async function localFiles(): Promise<readonly string[]> {
  const all = await files(join(rig.stateDir, 'backups'));
  return all.filter((name) => /^(objects|snapshots)\//.test(name));
}

it('a directory gets objects and snapshots after each run; one that is not there is a warning and is made up for', async () => {
  await open('/mnt/backup');
  const first = await applyLevel(1);
  expect(first.diagnostics.map(({ code }) => code)).toEqual(['SP5067']);
  expect(first.ok).toBe(true);
  expect(await owed()).toBe(true);
  await applyLevel(2);
  expect(await mirrorTold()).toMatchObject({
    mirror: '/mnt/backup',
    lacks: 2,
    since: expect.any(String),
    problem: expect.stringContaining('is not a directory'),
  });
  expect((await rig.exits(0, 'doctor')).stdout).toMatch(
    /warning mirror: .*lacks 2 backups since .*is not/,
  );
  await mkdir(rig.real('/mnt/backup'), { recursive: true });
  // Nothing to run: what the mirror missed is copied all the same.
  expect((await rig.applied('--json')).json<ApplyResult>().diagnostics).toEqual([]);
  expect(await owed()).toBe(false);
  expect(await mirrorTold()).toMatchObject({ lacks: 0, since: null, problem: null });
  const mirror = join(rig.real('/mnt/backup'), await host());
  expect(await files(mirror)).toEqual(await localFiles());
  for (const name of await localFiles()) {
    expect(await readFile(join(mirror, name))).toEqual(
      await readFile(join(rig.stateDir, 'backups', name)),
    );
  }
});

it('a lost object is copied back from the mirror and verifies again', async () => {
  await open('/mnt/backup');
  await mkdir(rig.real('/mnt/backup'), { recursive: true });
  await applyLevel(1);
  await rm(join(rig.stateDir, 'backups/objects'), { recursive: true });
  await rig.exits(1, 'backup', 'verify');
  await run('cp', [
    '-a',
    join(rig.real('/mnt/backup'), await host(), 'objects'),
    join(rig.stateDir, 'backups/'),
  ]);
  expect((await rig.setpoint('backup', 'verify')).code).toBe(0);
});

it('a git remote gets one commit a run on a branch of the host; pruning here removes nothing there', async () => {
  await open('file://RIG/mirror.git');
  await run('git', ['init', '--quiet', '--bare', join(rig.dir, 'mirror.git')], { env: rig.env });
  for (const n of [1, 2]) expect((await applyLevel(n)).diagnostics).toEqual([]);
  const before = await localFiles();
  expect(await remoteFiles()).toEqual(before);
  await rig.workspace.write(
    'setpoint.yaml',
    `name: platform\nbackups: {keepLast: 1, keepWithin: 0s, mirror: "file://${rig.dir}/mirror.git"}\n`,
  );
  await applyLevel(3);
  expect((await localFiles()).length).toBeLessThan((await remoteFiles()).length);
  expect(await remoteFiles()).toEqual(expect.arrayContaining([...before]));
  const log = await run(
    'git',
    [
      '--git-dir',
      join(rig.dir, 'mirror.git'),
      'log',
      '--format=%s',
      `setpoint-backups/${await host()}`,
    ],
    { env: rig.env },
  );
  expect(log.stdout.trim().split('\n')).toHaveLength(3);
});

it('a remote that cannot be reached never changes the exit code, and shows no credentials; recovery of the remote is enough', async () => {
  await open('file://RIG/mirror.git');
  const first = await applyLevel(1);
  expect(first.diagnostics.map(({ code }) => code)).toEqual(['SP5067']);
  expect(await owed()).toBe(true);
  expect(await mirrorTold()).toMatchObject({ lacks: 1, problem: expect.stringContaining('git') });
  await run('git', ['init', '--quiet', '--bare', join(rig.dir, 'mirror.git')], { env: rig.env });
  await rig.exits(0, 'backup', 'prune');
  expect(await owed()).toBe(false);
  expect(await mirrorTold()).toMatchObject({ lacks: 0, since: null, problem: null });
  expect(await remoteFiles()).toEqual(await localFiles());
  await rig.workspace.write(
    'setpoint.yaml',
    'name: platform\nbackups: {mirror: "http://eve:s3cret-word@127.0.0.1:9/x.git"}\n',
  );
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  const { stdout, stderr } = await rig.applied();
  expect(stderr).toContain('SP5067');
  expect(`${stdout}${stderr}`).not.toMatch(/s3cret-word|eve/);
});

it('a remote that refuses the push is a warning, and commits that are there already are built upon', async () => {
  await open('file://RIG/mirror.git');
  const bare = join(rig.dir, 'mirror.git');
  await run('git', ['init', '--quiet', '--bare', bare], { env: rig.env });
  await applyLevel(1);
  await writeFile(join(bare, 'hooks/pre-receive'), '#!/bin/sh\nexit 1\n');
  await chmod(join(bare, 'hooks/pre-receive'), 0o755);
  expect((await applyLevel(2)).diagnostics.map(({ code }) => code)).toEqual(['SP5067']);
  await rm(join(bare, 'hooks/pre-receive'));
  // As after the loss of the state directory: what the remote has is unknown here.
  await rename(join(rig.stateDir, 'backups/mirror.git'), join(rig.dir, 'lost.git'));
  expect((await applyLevel(3)).diagnostics).toEqual([]);
  expect(await remoteFiles()).toEqual(await localFiles());
  const { stdout } = await run(
    'git',
    ['--git-dir', bare, 'rev-list', '--count', `setpoint-backups/${await host()}`],
    { env: rig.env },
  );
  expect(stdout.trim()).toBe('2');
});

it.each(['/var/lib/setpoint/copy', 'file://RIG/root/var/lib/setpoint/m.git', 'backups'])(
  'a mirror that is no second place is refused before anything is changed: %s',
  async (mirror) => {
    await open(mirror);
    await rig.workspace.plan('app', filePlan({ content: 'level = 1\n' }));
    await rig.workspace.commit('level 1');
    expect((await rig.exits(65, 'apply', '--auto-approve')).stderr).toContain('SP5066');
    expect(await rig.read(CONF)).toBe('level = 0\n');
  },
);
