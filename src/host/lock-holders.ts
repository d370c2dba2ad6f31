import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import type { RealPath } from '../model/brand.ts';
import { parseCommandLine } from './proc-files.ts';

/** Bytes of a file that a process has locked; `last` is inclusive and infinite for a lock to the end of the file. */
export interface LockedRange {
  readonly first: number;
  readonly last: number;
}

/** A process that has a lock file open. Without ranges it holds no lock: it waits for one. */
export interface LockUser {
  readonly pid: number;
  readonly ranges: readonly LockedRange[];
}

/**
 * Processes that have the kernel lock on `file` (absolute, without symlinks), this one included. A descriptor that shares a
 * locked open file description shows its lock in fdinfo (proc_pid_fdinfo(5)); one that only has the file open does not.
 * Processes of other users are seen by root only. Sorted; empty when nobody holds it. Linux.
 */
export function lockHolders(file: RealPath): readonly number[] {
  return lockUsers(file)
    .filter(({ ranges }) => ranges.length > 0)
    .map(({ pid }) => pid);
}

/** Every process that has `file` open, with what it has locked there; as {@link lockHolders}. */
export function lockUsers(file: RealPath): readonly LockUser[] {
  return entries('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .toSorted((a, b) => a - b)
    .flatMap((pid) => {
      const open = openDescriptors(pid, file);
      return open.length === 0
        ? []
        : [{ pid, ranges: open.flatMap((fd) => lockedRanges(pid, fd)) }];
    });
}

/**
 * Whether anybody has a lock on `file`, also a process of another user, by /proc/locks (proc_locks(5)), which every user may read.
 * It names no process for such locks. False where that file, or `file` itself, is hidden.
 */
export function isLocked(file: RealPath): boolean {
  try {
    // Throws where its directory is closed to this user.
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    return readFileSync('/proc/locks', 'utf8').includes(` ${deviceText(stat.dev)}:${stat.ino} `);
  } catch {
    return false;
  }
}

/** `fe:00`, as the kernel writes it: major and minor number (makedev(3)) in hexadecimal, two digits at least. */
function deviceText(dev: number): string {
  const major = (dev >>> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}

/** Argument vector of a process as one line, e.g. `node /usr/bin/setpoint apply`; `unknown` when it is gone or hidden. */
export function commandOf(pid: number): string {
  try {
    const line = parseCommandLine(readFileSync(`/proc/${String(pid)}/cmdline`)).join(' ');
    return line === '' ? 'unknown' : line;
  } catch {
    return 'unknown';
  }
}

function openDescriptors(pid: number, file: RealPath): readonly string[] {
  const directory = `/proc/${String(pid)}/fd`;
  return entries(directory).filter((fd) => linkOf(`${directory}/${fd}`) === file);
}

/** `lock:	1: OFDLCK ADVISORY  WRITE -1 fe:00:9979550 0 EOF`: the last two words are the first and the last byte. */
const LOCK_LINE = /^lock:.*OFDLCK.* (\d+) (\d+|EOF)$/gmu;

function lockedRanges(pid: number, fd: string): readonly LockedRange[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${String(pid)}/fdinfo/${fd}`, 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(LOCK_LINE)].map(([, first, last]) => ({
    first: Number(first),
    last: last === 'EOF' ? Number.POSITIVE_INFINITY : Number(last),
  }));
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
