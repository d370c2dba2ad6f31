import { readFileSync, writeFileSync } from 'node:fs';

const SCORE = '/proc/self/oom_score_adj';
/** The kernel never chooses such a process when memory runs out (proc_pid_oom_score_adj(5)). */
const NEVER = '-1000';

/**
 * Does `work` (a wait, which starts no process: children inherit the score) while the kernel's out-of-memory killer leaves this
 * process alone; afterwards all is as before. Only root may ask for that; where it is refused, `work` is done all the same.
 */
export async function sparedFromOutOfMemory<T>(work: () => Promise<T>): Promise<T> {
  const before = lower();
  try {
    return await work();
  } finally {
    if (before !== null) write(before);
  }
}

/** The score that was there; null when nothing was changed. */
function lower(): string | null {
  try {
    const before = readFileSync(SCORE, 'utf8').trim();
    return write(NEVER) ? before : null;
  } catch {
    return null;
  }
}

function write(score: string): boolean {
  try {
    writeFileSync(SCORE, score);
    return true;
  } catch {
    return false;
  }
}
