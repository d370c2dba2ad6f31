import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { locksView } from '../../../src/cli/views/locks-view.ts';
import { backupsOf } from '../../../src/host/backups/backup-paths.ts';
import { listSnapshots } from '../../../src/host/backups/snapshots.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import { readLocks } from '../../../src/operations/read-locks.ts';
import type { Session } from '../../../src/operations/session.ts';
import { hostPath } from '../apply/run-rig.ts';
import { errorOf } from '../host/diagnostics-of.ts';
import { isRoot, withoutRoot } from '../host/privileges.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

const NOW = 0 as Millis;

function session(): Promise<Session> {
  return openSession({
    root: temporaryDirectory(),
    host: 'cp-1',
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    actor: 'tester',
    lockTimeout: NOW,
  });
}

test('on a fresh host nothing is held, and asking makes no file', async () => {
  const opened = await session();
  const result = await readLocks(opened);
  expect(result).toEqual({
    run: { held: false, holder: null, processes: [], waiting: [] },
    paths: { held: [], waiting: [] },
    leftOpen: [],
  });
  expect(locksView(result, OPTIONS)).toBe('The run lock is free.');
});

test('the holder, the child that shares its lock, and who only waits are told apart; nobody is disturbed', async () => {
  const opened = await session();
  const { stateDir, locks } = opened.host;
  const file = join(stateDir, 'lock') as RealPath;
  const lock = await locks.acquire(file, 'setpoint apply', NOW);
  lock.describe({ run: '01ABC' });
  const guardian = spawn('sleep', ['61'], { stdio: ['ignore', 'ignore', 'ignore', lock.fd] });
  const waiter = spawn('sleep', ['62'], { stdio: [openSync(file, 'r'), 'ignore', 'ignore'] });
  onTestFinished(() => void guardian.kill('SIGKILL'));
  onTestFinished(() => void waiter.kill('SIGKILL'));
  await Promise.all([once(guardian, 'spawn'), once(waiter, 'spawn')]);
  const { run } = await readLocks(opened);
  expect(run).toMatchObject({ held: true, holder: { pid: process.pid, run: '01ABC' } });
  expect(run.processes.map(({ pid }) => pid)).toContain(process.pid);
  expect(run.processes).toContainEqual({ pid: guardian.pid, command: 'sleep 61' });
  expect(run.waiting).toEqual([{ pid: waiter.pid, command: 'sleep 62' }]);
  const text = locksView(await readLocks(opened), OPTIONS);
  expect(text).toContain(`waits for the run lock: pid ${String(waiter.pid)} (sleep 62)`);
  expect(text).toContain(`shares the run lock: pid ${String(guardian.pid)} (sleep 61)`);
  expect(text.split('\n')[0]).toMatch(/^The run lock is held by pid .*, run 01ABC\.$/);
  lock.release();
});

test('the text of a holder that was killed is not taken for a holder', async () => {
  const opened = await session();
  const file = join(opened.host.stateDir, 'lock') as RealPath;
  (await opened.host.locks.acquire(file, 'setpoint apply', NOW)).release();
  writeFileSync(file, '{"pid":1,"command":"old","run":null,"since":"2020"}');
  expect((await readLocks(opened)).run).toMatchObject({ held: false, holder: null });
});

test('locked paths that nobody knows are counted', async () => {
  const opened = await session();
  const held = await opened.host.pathLocks.acquire([hostPath('/etc/a'), hostPath('/etc/b')], NOW);
  const { paths } = await readLocks(opened);
  expect(paths.held).toMatchObject([{ pid: process.pid, paths: [], others: 2 }]);
  expect(locksView(await readLocks(opened), OPTIONS)).toContain('2 paths locked by pid');
  held.release();
});

test.skipIf(!isRoot)(
  'a user that does not see who holds the lock is refused, not told that it is free (needs root to become another user)',
  async () => {
    const opened = await session();
    const file = join(opened.host.stateDir, 'lock') as RealPath;
    const lock = await opened.host.locks.acquire(file, 'setpoint apply', NOW);
    chmodSync(opened.host.root.dir, 0o755);
    const refused = await errorOf(() => withoutRoot(() => readLocks(opened)));
    expect(refused).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'SP6021' }] });
    expect(refused.diagnostics[0]?.help).toContain('the user that owns the state directory');
    lock.release();
  },
);

test.skipIf(!isRoot)(
  'journals and backups that may not be read name the user to be (needs root to become another user)',
  async () => {
    const { host } = await session();
    for (const name of ['journal', 'backups/snapshots']) {
      mkdirSync(join(host.stateDir, name), { recursive: true, mode: 0o700 });
    }
    chmodSync(host.root.dir, 0o755);
    const reads: readonly (() => unknown)[] = [
      () => openJournals(host),
      () => listSnapshots(backupsOf(host.stateDir)),
    ];
    for (const read of reads) {
      const refused = await errorOf(() => withoutRoot(read));
      expect(refused.diagnostics[0]).toMatchObject({ code: 'SP6012' });
      expect(refused.diagnostics[0]?.help).toContain('the user that owns the state directory');
    }
  },
);

test.skipIf(!isRoot)(
  'the owner of the state directory is told that a process of root holds the lock (needs root to become another user)',
  async () => {
    const opened = await session();
    const { stateDir, root, locks } = opened.host;
    const lock = await locks.acquire(join(stateDir, 'lock') as RealPath, 'setpoint apply', NOW);
    // It keeps the lock alone: this process would see itself.
    const holder = spawn('sleep', ['63'], { stdio: ['ignore', 'ignore', 'ignore', lock.fd] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder, 'spawn');
    lock.leave();
    chmodSync(root.dir, 0o755);
    chownSync(stateDir, 65534, 65534);
    const result = await withoutRoot(() => readLocks(opened));
    expect(result.run).toMatchObject({ held: true, hidden: true, holder: null });
    expect(locksView(result, OPTIONS)).toContain("is held by another user's process");
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect((await withoutRoot(() => readLocks(opened))).run.held).toBe(false);
  },
);
