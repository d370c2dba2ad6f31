import { readFileSync, writeFileSync } from 'node:fs';

const SCORE = '/proc/self/oom_score_adj';
/** The kernel never chooses such a process when memory runs out (proc_pid_oom_score_adj(5)). */
const NEVER = '-1000';

/**
 * Does `work` (a wait, which starts no process: children inherit the score) while the kernel's out-of-memory killer leaves this
 * process alone; afterwards all is as before. Only who has CAP_SYS_RESOURCE (root, in most containers not) may ask for that; where
 * it is refused, `work` is done all the same.
 */
export async function sparedFromOutOfMemory<T>(
  work: () => Promise<T>,
  file: string = SCORE,
): Promise<T> {
  const before = lower(file);
  try {
    return await work();
  } finally {
    if (before !== null) write(file, before);
  }
}

/** The score that was there; null when nothing was changed. */
function lower(file: string): string | null {
  try {
    const before = readFileSync(file, 'utf8').trim();
    return write(file, NEVER) ? before : null;
  } catch {
    return null;
  }
}

function write(file: string, score: string): boolean {
  try {
    writeFileSync(file, score, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}
