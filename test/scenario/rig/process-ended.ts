import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when a process has ended, whether or not its parent has asked for that: pidfds are not in Node, so the kernel is asked. */
export async function processEnded(pid: number): Promise<void> {
  while (hasLiveThread(pid)) await sleep(10);
}

/** The last thread that dies closes the files; until then a process may look like a zombie while it holds a lock. */
function hasLiveThread(pid: number): boolean {
  const tasks = `/proc/${String(pid)}/task`;
  try {
    return readdirSync(tasks).some((thread) => !isDead(`${tasks}/${thread}/stat`));
  } catch {
    return false;
  }
}

function isDead(stat: string): boolean {
  try {
    const text = readFileSync(stat, 'utf8');
    // The name in parentheses may hold anything; the state follows (proc_pid_stat(5)).
    return /^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
}
