import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { lockHolders } from '../../../src/host/lock-holders.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { HeldLock } from '../../../src/host/ports.ts';
import { becomeSoleHolder } from '../../../src/host/sole-holder.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { temporaryDirectory } from './temporary-directory.ts';

let file: RealPath;
let lock: HeldLock;
let child: ChildProcess | null = null;
beforeEach(async () => {
  file = join(temporaryDirectory(), 'lock') as RealPath;
  lock = await ofdLocks(systemClock, 'boot').acquire(file, 'test', 1000 as Millis);
});
afterEach(() => {
  child?.kill('SIGKILL');
  lock.release();
});

/** A child that shares the lock until its standard input ends. */
function share(): ChildProcess {
  child = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore', lock.fd] });
  return child;
}

it('waits for the others to end by themselves', async () => {
  const other = share();
  const alone = becomeSoleHolder(file, 60_000 as Millis);
  other.stdin?.end();
  expect(await alone).toEqual([]);
  expect(lockHolders(file)).toEqual([process.pid]);
});

it('kills those that do not, and nobody else', async () => {
  const other = share();
  const stranger = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(other, 'exit');
  expect(await becomeSoleHolder(file, 50 as Millis)).toEqual([other.pid]);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(stranger.exitCode).toBeNull();
  stranger.kill('SIGKILL');
});

it('never kills the one that is spared', async () => {
  const other = share();
  const alone = becomeSoleHolder(file, 0 as Millis, other.pid);
  // Long enough for a patience of nothing to be over.
  await once(spawn('true'), 'exit');
  expect(other.signalCode).toBeNull();
  other.stdin?.end();
  expect(await alone).toEqual([]);
  expect(other.signalCode).toBeNull();
});
