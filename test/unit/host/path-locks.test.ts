import { closeSync, openSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { lockHolders, lockUsers } from '../../../src/host/lock-holders.ts';
import { lockedByte, pathLocks } from '../../../src/host/path-locks.ts';
import type { HostPath, Millis, RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const NOW = 0 as Millis;
const LONG = 20_000 as Millis;

function lockFile(): RealPath {
  return join(temporaryDirectory(), 'state', 'locks') as RealPath;
}

function paths(...names: readonly string[]): readonly HostPath[] {
  return names as readonly HostPath[];
}

test('different paths do not exclude each other, the same one does, and the error names path and process (exit 5)', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  const a = await locks.acquire(paths('/etc/a', '/etc/b'), NOW);
  const c = await locks.acquire(paths('/etc/c'), NOW);
  const error = await errorOf(() => locks.acquire(paths('/etc/c', '/etc/b', '/etc/d'), NOW));
  expect(error.exitCode).toBe(5);
  expect(error.diagnostics[0]?.code).toBe('SP6080');
  expect(error.message).toMatch(/\/etc\/[bc] could not be locked within 0 s/);
  expect(error.message).toContain(`pid ${String(process.pid)} (`);
  // None of a refused request stays locked.
  (await locks.acquire(paths('/etc/d'), NOW)).release();
  a.release();
  a.release();
  c.release();
  (await locks.acquire(paths('/etc/a', '/etc/b', '/etc/c', '/etc/d'), NOW)).release();
});

test('one path given twice is one lock; no path at all needs no file', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  (await locks.acquire([], NOW)).release();
  expect(() => readdirSync(join(file, '..'))).toThrow('ENOENT');
  const held = await locks.acquire(paths('/etc/a', '/etc/a'), NOW);
  const byte = lockedByte('/etc/a' as HostPath);
  expect(lockUsers(file)).toEqual([{ pid: process.pid, ranges: [{ first: byte, last: byte }] }]);
  held.release();
  expect(lockHolders(file)).toEqual([]);
});

test('two who want the same paths in other orders both get them', async () => {
  const locks = pathLocks(lockFile(), systemClock);
  const turns = Array.from({ length: 40 }, async (_, i) => {
    const wanted = i % 2 === 0 ? ['/a', '/b', '/c'] : ['/c', '/b', '/a'];
    const held = await locks.acquire(paths(...wanted), LONG);
    await setImmediate();
    held.release();
  });
  expect(await Promise.all(turns)).toHaveLength(40);
});

test('a child that is started while paths are locked does not keep them', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  const held = await locks.acquire(paths('/etc/a'), NOW);
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  held.release();
  expect(lockHolders(file)).toEqual([]);
  (await locks.acquire(paths('/etc/a'), NOW)).release();
});

test('a lock file replaced behind our back is opened again', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  const first = await locks.acquire(paths('/etc/a'), NOW);
  const waiting = locks.acquire(paths('/etc/a'), LONG);
  while (openOn(file) < 2) await setImmediate();
  rmSync(file);
  writeFileSync(file, '', { mode: 0o600 });
  first.release();
  const second = await waiting;
  expect((await errorOf(() => locks.acquire(paths('/etc/a'), NOW))).exitCode).toBe(5);
  second.release();
});

test('ten thousand paths are locked as one', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  const many = Array.from({ length: 10_000 }, (_, i) => `/etc/many/${String(i)}` as HostPath);
  const held = await locks.acquire(many, NOW);
  // Neighbouring bytes would be one range; digests make that next to impossible.
  expect(lockUsers(file)[0]?.ranges).toHaveLength(10_000);
  const error = await errorOf(() => locks.acquire(paths('/etc/many/9999'), NOW));
  expect(error.exitCode).toBe(5);
  held.release();
});

test('somebody who only has the lock file open holds nothing', async () => {
  const file = lockFile();
  const locks = pathLocks(file, systemClock);
  (await locks.acquire(paths('/etc/a'), NOW)).release();
  const fd = openSync(file, 'r');
  expect(lockUsers(file)).toEqual([{ pid: process.pid, ranges: [] }]);
  closeSync(fd);
});

function openOn(file: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  }).length;
}
