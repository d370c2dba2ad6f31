import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { RealPath } from '../model/brand.ts';

/**
 * Processes that have the kernel lock on `file` (absolute, without symlinks), this one included. A descriptor that shares a
 * locked open file description shows its lock in fdinfo (proc_pid_fdinfo(5)); one that only has the file open does not.
 * Processes of other users are seen by root only. Sorted; empty when nobody holds it. Linux.
 */
export function lockHolders(file: RealPath): readonly number[] {
  return entries('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && holds(pid, file))
    .toSorted((a, b) => a - b);
}

function holds(pid: number, file: RealPath): boolean {
  return entries(`/proc/${String(pid)}/fd`).some(
    (fd) => linkOf(`/proc/${String(pid)}/fd/${fd}`) === file && isLocked(pid, fd),
  );
}

function isLocked(pid: number, fd: string): boolean {
  try {
    return /^lock:.*OFDLCK/mu.test(readFileSync(`/proc/${String(pid)}/fdinfo/${fd}`, 'utf8'));
  } catch {
    return false;
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** Processes come and go while /proc is read, and others' descriptors are not ours to see: both count as nothing. */
function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
