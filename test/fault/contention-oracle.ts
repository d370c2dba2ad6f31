import { readFileSync } from 'node:fs';

/** The file, relative to the root, that holds the number. */
export const COUNTER = 'counter';
/** What every contender waits for its lock at most, milliseconds. */
export const LOCK_TIMEOUT = 15_000;

/** Pid and start time: names a process for ever. */
export function processMark(pid: string): string {
  return `${pid} ${startTime(pid) ?? 'gone'}`;
}

export function isAlive(mark: string): boolean {
  const [pid = '', started] = mark.split(' ');
  return startTime(pid) === started;
}

function startTime(pid: string): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie does nothing any more.
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
