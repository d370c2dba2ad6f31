import { readdirSync, readFileSync } from 'node:fs';

/** The file, relative to the root, that holds the number. */
export const COUNTER = 'counter';
/** What every contender waits for its lock at most, milliseconds. */
export const LOCK_TIMEOUT = 15_000;

/** Pid and start time: names a process for ever. */
export function processMark(pid: string): string {
  return `${pid} ${startTime(pid) ?? 'gone'}`;
}

/**
 * Whether it can still do something. A killed process loses its files, and with them its locks, a moment before it becomes a zombie
 * (exit_files before exit_notify in do_exit of the kernel): one without any descriptor is gone already.
 */
export function isAlive(mark: string): boolean {
  const [pid = '', started] = mark.split(' ');
  return startTime(pid) === started && hasFiles(pid);
}

function hasFiles(pid: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).length > 0;
  } catch {
    return false;
  }
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
