import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { lockHolders } from '../../../src/host/lock-holders.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('processes that share the lock are its holders; one that only has the file open is not', async () => {
  const file = join(temporaryDirectory(), 'lock') as RealPath;
  const lock = await ofdLocks(systemClock, 'boot').acquire(file, 'test', 0 as Millis);
  openSync(file, 'r');
  const child = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', lock.fd] });
  const stranger = spawn('sleep', ['60'], { stdio: [openSync(file, 'r')] });
  try {
    await Promise.all([once(child, 'spawn'), once(stranger, 'spawn')]);
    const expected = [process.pid, child.pid ?? 0].toSorted((a, b) => a - b);
    expect(lockHolders(file)).toEqual(expected);
    lock.release();
    expect(lockHolders(file)).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    stranger.kill('SIGKILL');
  }
});
