import { setTimeout as delay } from 'node:timers/promises';
import type { Millis, RealPath } from '../model/brand.ts';
import { errorCode } from './file-errors.ts';
import { lockHolders } from './lock-holders.ts';

/** Milliseconds to wait for the end after SIGKILL: a process in uninterruptible sleep may never go. */
const LAST_WAIT = 2_000;
const POLL = 5;

/**
 * Resolves when this process alone has the kernel lock on `file`, which it must hold. Others that share it are children of a
 * dead applier, such as a git that still writes: they have `patience` to end, then they are killed. `spared` is never killed,
 * however long it takes: it is the applier, and as long as it lives the run is its own. Gives the pids of those killed.
 */
export async function becomeSoleHolder(
  file: RealPath,
  patience: Millis,
  spared: number | null = null,
): Promise<readonly number[]> {
  for (const hold = (): boolean => spared !== null && others(file).includes(spared); hold();) {
    await delay(POLL);
  }
  if (await onlyHolder(file, patience)) return [];
  const killed = others(file).filter(kill);
  await onlyHolder(file, LAST_WAIT);
  return killed;
}

async function onlyHolder(file: RealPath, within: number): Promise<boolean> {
  const deadline = performance.now() + within;
  while (others(file).length > 0) {
    if (performance.now() >= deadline) return false;
    await delay(POLL);
  }
  return true;
}

function others(file: RealPath): readonly number[] {
  return lockHolders(file).filter((pid) => pid !== process.pid);
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    throw error;
  }
}
