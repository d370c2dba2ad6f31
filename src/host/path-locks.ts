import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostPath, Millis, RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { errorWords } from './file-errors.ts';
import {
  isStill,
  lockPause,
  openLockFile,
  prepareLockDirectory,
  shortLockPause,
  unusableLock,
} from './lock-file.ts';
import { commandOf, lockUsers } from './lock-holders.ts';
import { takeTurn, turnOf } from './lock-queue.ts';
import { loadNative, type Native } from './native.ts';
import type { Clock, PathLocks } from './ports.ts';

/** The kernel looks through all locks of a file for each new one: who takes more than this saves itself the turns. */
const QUEUED = 100;

/**
 * Locks on single paths: one byte each of one file, so that ten thousand of them are no files to make, sync or sweep. The open
 * file description is closed on exec, so no child ever keeps a path.
 */
export function pathLocks(file: RealPath, clock: Clock): PathLocks {
  return {
    async acquire(paths, timeout) {
      const places = inLockingOrder(paths);
      if (places.length === 0) return { release: () => undefined };
      const native = await loadNative();
      await prepareLockDirectory(file);
      const deadline = clock.monotonic() + timeout;
      const queues = places.length <= QUEUED;
      for (;;) {
        const fd = openLockFile(file);
        const attempt = { native, clock, file, fd, deadline, timeout, queues };
        if (!(await lockAll(attempt, places))) {
          await clock.sleep(lockPause());
          continue;
        }
        let released = false;
        const release = (): void => {
          if (!released) closeSync(fd);
          released = true;
        };
        return { release };
      }
    },
  };
}

/** Which byte of the lock file stands for a path: 48 bits of its digest. Two paths that share one exclude each other. */
export function lockedByte(path: HostPath): number {
  return createHash('sha256').update(path).digest().readUIntBE(0, 6);
}

interface Place {
  readonly path: HostPath;
  readonly byte: number;
}

/** Everybody takes bytes in ascending order and waits while holding the lower ones: no circle of waiters can close. */
function inLockingOrder(paths: readonly HostPath[]): readonly Place[] {
  const places = new Map(paths.map((path) => [lockedByte(path), path]));
  return [...places].map(([byte, path]) => ({ path, byte })).toSorted((a, b) => a.byte - b.byte);
}

interface Attempt {
  readonly native: Native;
  readonly clock: Clock;
  readonly file: RealPath;
  readonly fd: number;
  readonly deadline: number;
  readonly timeout: Millis;
  readonly queues: boolean;
}

/** All of them, or none and an error. `false`: the lock file was replaced meanwhile, everything has to begin anew. */
async function lockAll(attempt: Attempt, places: readonly Place[]): Promise<boolean> {
  const { fd, file } = attempt;
  let held = false;
  try {
    for (const place of places) await lockOne(attempt, place);
    held = isStill(fd, file);
    return held;
  } finally {
    // Closing frees every byte that was got.
    if (!held) closeSync(fd);
  }
}

async function lockOne(attempt: Attempt, place: Place): Promise<void> {
  const { native, clock, fd, file, deadline } = attempt;
  const pass = attempt.queues ? await takeTurn(attempt, turnOf(place.byte), deadline) : null;
  while (!tryByte(native, fd, place.byte, file)) {
    if (clock.monotonic() >= deadline) throw heldByOther(place, attempt);
    await clock.sleep(pass === null ? lockPause() : shortLockPause());
  }
  pass?.();
}

function tryByte(native: Native, fd: number, byte: number, file: RealPath): boolean {
  try {
    return native.tryLock(fd, byte, 1);
  } catch (error) {
    throw unusableLock(`the file system of ${file} does not lock: ${errorWords(error)}`, error);
  }
}

function heldByOther({ path, byte }: Place, { file, timeout }: Attempt): SetpointError {
  const holders = lockUsers(file)
    .filter(({ ranges }) => ranges.some(({ first, last }) => first <= byte && byte <= last))
    .map(({ pid }) => `pid ${pid} (${commandOf(pid)})`);
  const by = holders.length === 0 ? 'a process that is not visible here' : holders.join(', ');
  return new SetpointError(EXIT.locked, [
    {
      code: 'SP6080',
      severity: 'error',
      message: `${path} could not be locked within ${Math.round(timeout / 100) / 10} s: it is being written by ${by}`,
      help: 'Wait for that process to end, or wait longer with `--lock-timeout 5m`. `setpoint locks` shows who holds what.',
    },
  ]);
}
