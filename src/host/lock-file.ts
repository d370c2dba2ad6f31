import { constants, fstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { Millis, RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorPath, errorWords, stateDeniedHelp } from './file-errors.ts';
import { openOwnFile } from './own-file.ts';
import { makeStateDirectory } from './state-directory.ts';

/** Name of the run lock in the state directory; never removed. */
export const RUN_LOCK = 'lock';
/** Name of the file whose bytes are path locks and turns, beside the run lock; never removed. */
export const PATH_LOCKS = 'locks';

/** Pause between attempts, milliseconds. Random, so that no waiter is always late. */
const PAUSE = { min: 2, max: 20 };
/** Whoever is next looks more often. */
const SHORT_PAUSE = { min: 1, max: 4 };

/** How long to wait before trying a lock again. */
export function lockPause(): Millis {
  return between(PAUSE);
}

/** As {@link lockPause} for the one waiter whose turn it is. */
export function shortLockPause(): Millis {
  return between(SHORT_PAUSE);
}

function between({ min, max }: { readonly min: number; readonly max: number }): Millis {
  return (min + Math.random() * (max - min)) as Millis;
}

/** Makes the directory of a lock file. Errors: SetpointError SP6021 (exit 1) when it is another user's, SP601x. */
export async function prepareLockDirectory(file: RealPath): Promise<void> {
  const directory = dirname(file);
  await makeStateDirectory(directory);
  const { uid } = statSync(directory);
  const me = process.geteuid?.() ?? 0;
  if (me !== 0 && uid !== me) {
    throw unusableLock(`${directory} belongs to user ${uid}, but setpoint runs as user ${me}`);
  }
}

/** A descriptor of its own (open file description): what it locks excludes every other one. Errors: SP6021. */
export function openLockFile(file: RealPath): number {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  try {
    return openOwnFile(file, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw unusableLock(`cannot open the lock file ${file}: ${errorWords(error)}`, error);
  }
}

/** Whether `fd` is still the file of this name: a lock on a nameless inode excludes nobody. */
export function isStill(fd: number, file: RealPath): boolean {
  const named = statSync(file, { throwIfNoEntry: false, bigint: true });
  const mine = fstatSync(fd, { bigint: true });
  return named !== undefined && named.ino === mine.ino && named.dev === mine.dev;
}

/** SP6021, exit 1. */
export function unusableLock(message: string, cause?: unknown): SetpointError {
  const denied = errorCode(cause) === 'EACCES' || errorCode(cause) === 'EPERM';
  const help = denied
    ? stateDeniedHelp(errorPath(cause) ?? '')
    : 'The state directory must be writable and belong to the user that runs setpoint; check its owner, mode and mount.';
  return new SetpointError(
    EXIT.failed,
    [{ code: 'SP6021', severity: 'error', message, help }],
    cause === undefined ? undefined : { cause },
  );
}
