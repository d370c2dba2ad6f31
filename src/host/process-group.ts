import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './file-errors.ts';
import { parseStat } from './proc-files.ts';

/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 2_000;
/** Milliseconds to wait for the end after SIGKILL: a process in uninterruptible sleep may never go. */
const LAST_WAIT = 2_000;
const POLL = 20;

/**
 * Ends every process of a group: SIGTERM, after 2 s SIGKILL. Resolves true when no process of it is left. Group ids are
 * not reused while a member lives, so this cannot hit a stranger as long as the caller started the group.
 */
export async function endProcessGroup(group: number, grace = GRACE): Promise<boolean> {
  if (!signalGroup(group, 'SIGTERM')) return true;
  if (await gone(group, grace)) return true;
  signalGroup(group, 'SIGKILL');
  return gone(group, LAST_WAIT);
}

/** Sends a signal to a group; false when it has no member (ESRCH). A member of another user (EPERM) counts as there. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  if (group <= 1) throw new Error(`${group} is not a process group that setpoint started`);
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    if (errorCode(error) === 'EPERM') return true;
    throw error;
  }
}

/**
 * Whether a process of the group still runs. Zombies do not count: kill(2) finds them until they are reaped, and the init
 * process of a container may never do that.
 */
export function hasLivingMember(group: number, procRoot = '/proc'): boolean {
  const pids = readdirSync(procRoot).filter((name) => /^[1-9][0-9]*$/.test(name));
  return pids.some((pid) => {
    try {
      const stat = parseStat(readFileSync(join(procRoot, pid, 'stat'), 'utf8'));
      return stat?.group === group && stat.state !== 'Z' && stat.state !== 'X';
    } catch {
      // Vanished between readdir and read.
      return false;
    }
  });
}

async function gone(group: number, within: number): Promise<boolean> {
  const deadline = performance.now() + within;
  while (signalGroup(group, 0) && hasLivingMember(group)) {
    if (performance.now() >= deadline) return false;
    await delay(POLL);
  }
  return true;
}
