import { closeSync, constants, ftruncateSync, readFileSync, readSync, writeSync } from 'node:fs';
import type { RealPath } from '../model/brand.ts';
import type { LockHolder } from './ports.ts';
import { openOwnFile } from './own-file.ts';
import { parseStat } from './proc-files.ts';

/** What is written into a lock file: for people and error messages only, never a basis for a decision. */
export interface HolderText extends LockHolder {
  /** Clock ticks since boot; with pid and boot id it names the process for ever. */
  readonly startTime: string | null;
  readonly bootId: string;
}

/** Used when the lock is held but nothing readable says by whom. */
export const UNKNOWN_HOLDER: LockHolder = { pid: 0, command: 'unknown', run: null, since: '' };

/** Text of a holder that is this process. */
export function holderOfThisProcess(command: string, since: Date, bootId: string): HolderText {
  const { pid } = process;
  const startTime = startTimeOf(pid);
  return { pid, command, run: null, since: since.toISOString(), startTime, bootId };
}

/**
 * Replaces the text in the lock file (`null` empties it). A failure is left alone on purpose: the text is for people
 * only, and `recover` must work on a full disk.
 */
export function writeHolder(fd: number, holder: HolderText | null): void {
  try {
    ftruncateSync(fd, 0);
    if (holder !== null) writeSync(fd, `${JSON.stringify(holder)}\n`, 0);
  } catch {
    // See above.
  }
}

/** `null` when the file holds no complete holder text (empty, or just being written). */
export function readHolder(fd: number): HolderText | null {
  const buffer = Buffer.alloc(4096);
  try {
    const count = readSync(fd, buffer, 0, buffer.length, 0);
    return parseHolder(JSON.parse(buffer.toString('utf8', 0, count)));
  } catch {
    return null;
  }
}

/** The text in a lock file, whoever holds it now or did. `null` when there is none that can be read. Takes no lock. */
export function readHolderText(file: RealPath): LockHolder | null {
  let fd: number;
  try {
    fd = openOwnFile(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return null;
  }
  try {
    const text = readHolder(fd);
    return text && { pid: text.pid, command: text.command, run: text.run, since: text.since };
  } finally {
    closeSync(fd);
  }
}

/** `holder` with `change`; a new pid brings its own start time. */
export function updatedHolder(holder: HolderText | null, change: Partial<LockHolder>): HolderText {
  const known = holder ?? { ...UNKNOWN_HOLDER, startTime: null, bootId: '' };
  const updated = { ...known, ...change };
  return updated.pid === known.pid ? updated : { ...updated, startTime: startTimeOf(updated.pid) };
}

/** One clause for messages, e.g. `pid 4711 (setpoint apply, run 01J…) since 2026-01-02T03:04:05.000Z`. */
export function describeHolder(holder: HolderText | null): string {
  if (holder === null) return 'a process that did not write its name into the lock file';
  const run = holder.run === null ? '' : `, run ${holder.run}`;
  const text = `pid ${holder.pid} (${holder.command}${run}) since ${holder.since}`;
  const alive = holder.startTime === null || startTimeOf(holder.pid) === holder.startTime;
  return alive ? text : `${text}, which is not visible here: a process that it started may hold it`;
}

function startTimeOf(pid: number): string | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime ?? null;
  } catch {
    return null;
  }
}

function parseHolder(value: unknown): HolderText | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { pid, command, since, run, startTime, bootId } = fields;
  if (typeof pid !== 'number' || typeof command !== 'string' || typeof since !== 'string') {
    return null;
  }
  return {
    pid,
    command,
    since,
    run: typeof run === 'string' ? run : null,
    startTime: typeof startTime === 'string' ? startTime : null,
    bootId: typeof bootId === 'string' ? bootId : '',
  };
}
