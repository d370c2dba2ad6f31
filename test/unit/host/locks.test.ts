import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { endProcessGroup } from '../../../src/host/process-group.ts';
import { adoptLock, ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { isRoot, mount, mountProblem, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const locks = ofdLocks(systemClock, 'boot-1');
const SCRIPT = join(import.meta.dirname, 'lock-process.ts');

function lockFile(): RealPath {
  return join(temporaryDirectory(), 'state', 'lock') as RealPath;
}

function acquire(file: RealPath, timeout = 20_000): ReturnType<typeof locks.acquire> {
  return locks.acquire(file, 'setpoint apply', timeout as Millis);
}

function start(mode: string, file: string, ...rest: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, mode, file, ...rest], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Resolves when this process has `count` descriptors open on the file. */
async function opened(file: string, count: number): Promise<void> {
  for (;;) {
    const open = readdirSync('/proc/self/fd').filter((fd) => linkOf(fd) === file);
    if (open.length === count) return;
    await setImmediate();
  }
}

function linkOf(fd: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return null;
  }
}

async function firstLine(child: ChildProcess): Promise<{ pid: number; group?: number }> {
  if (child.stdout === null) throw new Error('no stdout');
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(String(line)) as { pid: number; group?: number };
}

describe('one process', () => {
  test('creates directory 0700 (what is missing above 0755) and file 0600, says who holds it, and clears that on release', async () => {
    const file = join(temporaryDirectory(), 'lib/state/lock') as RealPath;
    expect(await locks.holder(file)).toBeNull();
    const lock = await acquire(file);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(join(file, '../..')).mode & 0o777).toBe(0o755);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await locks.holder(file)).toMatchObject({
      pid: process.pid,
      command: 'setpoint apply',
      run: null,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      bootId: 'boot-1',
      startTime: expect.stringMatching(/^\d+$/) as string,
    });
    lock.describe({ run: '01ABC' });
    expect(await locks.holder(file)).toMatchObject({ pid: process.pid, run: '01ABC' });
    lock.release();
    lock.release();
    expect(await locks.holder(file)).toBeNull();
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  test('a second acquire waits no longer than the timeout and names the holder (exit 5)', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    lock.describe({ run: '01ABC' });
    const error = await errorOf(() => acquire(file, 0));
    expect(error.exitCode).toBe(5);
    expect(error.diagnostics[0]?.code).toBe('SP6020');
    expect(error.message).toContain(
      `held by pid ${process.pid} (setpoint apply, run 01ABC) since 2`,
    );
    expect(error.diagnostics[0]?.help).toContain('--lock-timeout');
    lock.release();
    (await acquire(file, 0)).release();
  });

  test('a lock file replaced behind our back is opened again', async () => {
    const file = lockFile();
    const first = await acquire(file);
    const waiting = acquire(file);
    await opened(file, 2);
    rmSync(file);
    writeFileSync(file, '', { mode: 0o600 });
    first.release();
    const second = await waiting;
    const error = await errorOf(() => acquire(file, 0));
    expect(error.exitCode).toBe(5);
    second.release();
  });

  test('stale text of a holder that is gone locks nobody out', async () => {
    const file = lockFile();
    (await acquire(file)).release();
    writeFileSync(file, '{"pid":1,"command":"old","run":null,"since":"2020"}');
    expect(await locks.holder(file)).toBeNull();
    (await acquire(file, 0)).release();
  });

  test('a held lock without readable text is held by someone unknown', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    writeFileSync(file, '{"pid":');
    expect(await locks.holder(file)).toMatchObject({ pid: 0, command: 'unknown' });
    const error = await errorOf(() => acquire(file, 0));
    expect(error.message).toContain('held by a process that did not write its name');
    lock.release();
  });

  test('a lock that is left stays with the process that inherited it', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    const heir = spawn('sleep', ['1000'], { stdio: ['ignore', 'ignore', 'ignore', lock.fd] });
    await once(heir, 'spawn');
    lock.leave();
    lock.release();
    expect((await errorOf(() => acquire(file, 0))).exitCode).toBe(5);
    heir.kill('SIGKILL');
    await once(heir, 'close');
    (await acquire(file, 0)).release();
  });

  test('a descriptor that does not carry the lock cannot be adopted', async () => {
    const file = lockFile();
    const lock = await acquire(file);
    const error = await errorOf(() => adoptLock(1_000_000));
    expect(error.diagnostics[0]?.code).toBe('SP6021');
    lock.release();
  });
});

describe('a state directory that cannot be used', () => {
  test('not writable: says permission denied', async () => {
    const file = lockFile();
    const directory = join(file, '../..');
    chmodSync(directory, 0o555);
    const error = await withoutRoot(() => errorOf(() => acquire(file, 0)));
    expect(error.exitCode).toBe(1);
    expect(error.message).toMatch(/SP6012 cannot create the directory .*state: permission denied/);
    chmodSync(directory, 0o755);
  });

  test.skipIf(!isRoot)('of another user: says whose it is', async () => {
    const file = lockFile();
    chmodSync(join(file, '../..'), 0o755);
    (await acquire(file)).release();
    const error = await withoutRoot(() => errorOf(() => acquire(file, 0)));
    expect(error.diagnostics[0]?.code).toBe('SP6021');
    expect(error.message).toContain('belongs to user 0, but setpoint runs as user 65534');
    const unseen = await withoutRoot(() => errorOf(() => locks.holder(file)));
    expect(unseen.message).toContain('permission denied');
  });

  test.skipIf(mountProblem)('read-only: says so (needs root)', async () => {
    const directory = temporaryDirectory();
    mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', directory);
    const error = await errorOf(() => acquire(join(directory, 'lock') as RealPath, 0));
    expect(error.message).toContain('SP6021');
    expect(error.message).toContain('read-only file system');
  });
});

describe('several processes', () => {
  test('contenders exclude each other and lose no increment', async () => {
    const file = lockFile();
    (await acquire(file)).release();
    writeFileSync(`${file}.count`, '0');
    const contenders = Array.from({ length: 3 }, () => start('increment', file, '40'));
    const codes = await Promise.all(
      contenders.map(async (child) => (await once(child, 'exit'))[0]),
    );
    expect(codes).toEqual([0, 0, 0]);
    expect(readFileSync(`${file}.count`, 'utf8')).toBe('120');
  });

  test('kill -9 of the holder frees the lock; its text does not survive as a claim', async () => {
    const file = lockFile();
    const holder = start('hold', file);
    const { pid } = await firstLine(holder);
    expect(await locks.holder(file)).toMatchObject({ pid, command: 'test hold', run: '01RUN' });
    const exited = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exited;
    const lock = await acquire(file, 0);
    expect(await locks.holder(file)).toMatchObject({ pid: process.pid });
    lock.release();
  });

  test('a child that inherited the descriptor keeps the lock; its own commands do not', async () => {
    const file = lockFile();
    const applier = start('hand-over', file);
    const exited = once(applier, 'exit');
    const { pid, group = 0 } = await firstLine(applier);
    onTestFinished(async () => void (await endProcessGroup(group)));
    await exited;
    expect(pid).not.toBe(applier.pid);
    expect(await locks.holder(file)).toMatchObject({ pid, command: 'guardian' });
    expect((await errorOf(() => acquire(file, 0))).exitCode).toBe(5);
    process.kill(pid, 'SIGKILL');
    (await acquire(file)).release();
    expect(() => process.kill(-group, 0)).not.toThrow();
  });
});
