/** The kernel keeps the lock: nothing that its holder would have to do in time. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const locks = ofdLocks(systemClock, 'boot-1');
const SCRIPT = join(import.meta.dirname, 'lock-process.ts');
/** How often somebody tries to get in beside the one who waits. */
const TRIES = 25;

interface Process {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next thing it says. */
  readonly next: () => Promise<unknown>;
}

async function start(mode: string, file: string): Promise<Process> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, mode, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no stdout');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const { pid } = (await next()) as { pid: number };
  return { child, pid, next };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

function hasOpen(pid: number, file: string): boolean {
  const fds = `/proc/${String(pid)}/fd`;
  return readdirSync(fds).some((fd) => {
    try {
      return readlinkSync(join(fds, fd)) === file;
    } catch {
      return false;
    }
  });
}

/** `T`: stopped (proc_pid_stat(5)). */
function stateOf(pid: number): string {
  return /\) (\S)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.[1] ?? '?';
}

/** Somebody waits for the lock; nobody gets it, however often they ask. Gives the one who waits. */
async function expectShut(file: RealPath): Promise<Process> {
  const waiter = await start('enter', file);
  await until(() => hasOpen(waiter.pid, file));
  for (let i = 0; i < TRIES; i += 1) {
    const refused = await errorOf(() => locks.acquire(file, 'test', 0 as Millis));
    expect(refused.exitCode).toBe(5);
  }
  return waiter;
}

test('a holder whose event loop never gets a turn keeps the lock; who waits gets in after its release', async () => {
  const file = join(temporaryDirectory(), 'state', 'lock') as RealPath;
  const holder = await start('hold-busily', file);
  const waiter = await expectShut(file);
  expect(await locks.holder(file)).toMatchObject({ pid: holder.pid });
  writeFileSync(`${file}.go`, '');
  expect(await waiter.next()).toEqual({ alone: true });
});

test('a holder that is stopped keeps the lock; who waits gets in once it goes on and releases it', async () => {
  const file = join(temporaryDirectory(), 'state', 'lock') as RealPath;
  const holder = await start('hold', file);
  holder.child.kill('SIGSTOP');
  await until(() => stateOf(holder.pid) === 'T');
  holder.child.stdin?.end();
  const waiter = await expectShut(file);
  expect(await locks.holder(file)).toMatchObject({ pid: holder.pid });
  const ended = once(holder.child, 'exit');
  holder.child.kill('SIGCONT');
  expect(await waiter.next()).toEqual({ alone: true });
  expect((await ended)[0]).toBe(0);
});
