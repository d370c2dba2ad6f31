import { closeSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { Millis, RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorWords } from './file-errors.ts';
import {
  isStill,
  PATH_LOCKS,
  lockPause,
  shortLockPause,
  openLockFile,
  prepareLockDirectory,
  unusableLock,
} from './lock-file.ts';
import {
  describeHolder,
  holderOfThisProcess,
  readHolder,
  UNKNOWN_HOLDER,
  updatedHolder,
  writeHolder,
  type HolderText,
} from './lock-holder.ts';
import { isLocked } from './lock-holders.ts';
import { RUN_TURN, takeTurn } from './lock-queue.ts';
import { loadNative, type Native } from './native.ts';
import { openOwnFile } from './own-file.ts';
import type { Clock, HeldLock, LockHolder, Locks } from './ports.ts';

/** Before a probe looks again, milliseconds. */
const PROBE_PAUSE = 2 as Millis;
/** Attempts even when the timeout is 0: a holder() probe of another process locks for some microseconds. */
const MIN_ATTEMPTS = 3;

/**
 * Exclusive locks as kernel OFD locks (fcntl(2)): freed by the kernel with the last descriptor of the open file, so never
 * stale. Node opens with O_CLOEXEC: a child keeps the lock only when the fd is passed in its stdio.
 */
export function ofdLocks(clock: Clock, bootId: string): Locks {
  return {
    async acquire(file, command, timeout) {
      const native = await loadNative();
      await prepareLockDirectory(file);
      const fd = await waitForLock(native, clock, file, timeout);
      return heldLock(native, fd, holderOfThisProcess(command, clock.now(), bootId));
    },
    holder: (file) => probe(file, clock),
  };
}

/**
 * Takes over a lock inherited as descriptor `fd` (spawn stdio) from a process that held it; keeps its holder text.
 * Errors: SetpointError SP6021 (exit 1) when `fd` does not carry the lock.
 */
export async function adoptLock(fd: number): Promise<HeldLock> {
  const native = await loadNative();
  let mine = false;
  try {
    // The same open file description: granted again, at once.
    mine = native.tryLock(fd);
  } catch (error) {
    throw unusableLock(`descriptor ${fd} cannot be locked: ${errorWords(error)}`, error);
  }
  if (!mine) throw unusableLock(`descriptor ${fd} does not hold the lock`);
  return heldLock(native, fd, null);
}

function heldLock(native: Native, fd: number, initial: HolderText | null): HeldLock {
  let holder = initial ?? readHolder(fd);
  let released = false;
  if (initial !== null) writeHolder(fd, initial);
  return {
    fd,
    describe(change) {
      if (released) return;
      holder = updatedHolder(holder, change);
      writeHolder(fd, holder);
    },
    release() {
      if (released) return;
      released = true;
      writeHolder(fd, null);
      native.unlock(fd);
      closeSync(fd);
    },
    leave() {
      if (released) return;
      released = true;
      closeSync(fd);
    },
  };
}

/** Waits in turn (lock-queue.ts). The turns are bytes of the file of path locks: a lock on the whole of this one covers all its bytes. */
async function waitForLock(
  native: Native,
  clock: Clock,
  file: RealPath,
  timeout: Millis,
): Promise<number> {
  const deadline = clock.monotonic() + timeout;
  const turns = openLockFile(join(dirname(file), PATH_LOCKS) as RealPath);
  try {
    const pass = await takeTurn({ native, clock, fd: turns }, RUN_TURN, deadline);
    const pause = pass === null ? lockPause : shortLockPause;
    return await lockNow(native, clock, file, { deadline, timeout, pause });
  } finally {
    closeSync(turns);
  }
}

interface Waiting {
  readonly deadline: number;
  readonly timeout: Millis;
  readonly pause: () => Millis;
}

async function lockNow(
  native: Native,
  clock: Clock,
  file: RealPath,
  { deadline, timeout, pause }: Waiting,
): Promise<number> {
  let fd: number | null = null;
  try {
    for (let attempt = 1; ; attempt += 1) {
      fd ??= openLockFile(file);
      const locked = tryLock(native, fd, file);
      if (locked && isStill(fd, file)) return fd;
      if (locked) {
        // Someone deleted the file: a lock on a nameless inode excludes nobody.
        closeSync(fd);
        fd = null;
      }
      if (attempt >= MIN_ATTEMPTS && clock.monotonic() >= deadline) throw held(file, fd, timeout);
      if (fd !== null || attempt > MIN_ATTEMPTS) await clock.sleep(pause());
    }
  } catch (error) {
    if (fd !== null) closeSync(fd);
    throw error;
  }
}

function tryLock(native: Native, fd: number, file: RealPath): boolean {
  try {
    return native.tryLock(fd);
  } catch (error) {
    throw unusableLock(`the file system of ${file} does not lock: ${errorWords(error)}`, error);
  }
}

async function probe(file: RealPath, clock: Clock): Promise<LockHolder | null> {
  const native = await loadNative();
  let fd: number;
  try {
    fd = openOwnFile(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    // The kernel tells everybody that it is locked, if not by whom.
    if (errorCode(error) === 'EACCES' && isLocked(file)) return UNKNOWN_HOLDER;
    throw unusableLock(`cannot read the lock file ${file}: ${errorWords(error)}`, error);
  }
  try {
    // A new holder writes its text right after locking: an empty file is looked at again.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (native.tryLock(fd, { shared: true })) return null;
      const holder = readHolder(fd);
      if (holder !== null) return holder;
      await clock.sleep(PROBE_PAUSE);
    }
    return UNKNOWN_HOLDER;
  } finally {
    // Closing drops a granted probe lock as well.
    closeSync(fd);
  }
}

function held(file: RealPath, fd: number | null, timeout: Millis): SetpointError {
  return new SetpointError(EXIT.locked, [
    {
      code: 'SP6020',
      severity: 'error',
      message: `the lock ${file} was not obtained within ${Math.round(timeout / 100) / 10} s: it is held by ${describeHolder(fd === null ? null : readHolder(fd))}`,
      help: 'Wait for that command to end, or wait longer with `--lock-timeout 5m`. Never delete the lock file.',
    },
  ]);
}
