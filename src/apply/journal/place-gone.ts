import { existsSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { errorCode } from '../../host/file-errors.ts';
import { isStill, RUN_LOCK } from '../../host/lock-file.ts';
import type { RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';

/** Where a run is, and the run lock that its process holds: the same file, wherever its directory goes. */
export interface HeldPlace {
  readonly root: RealPath;
  readonly stateDir: RealPath;
  readonly lockFd: number;
}

/**
 * SP4209, exit 4: the root or state directory was moved or replaced. By the names that are known nothing may be done to the run; it
 * stays open, wherever it is now.
 */
export class PlaceGone extends SetpointError {
  constructor(place: HeldPlace) {
    const { root, stateDir } = place;
    const message = `nothing more is done here: ${root} or its state directory ${stateDir} was moved away or replaced; what is open stays open where it is now`;
    const recover = shellLine(['setpoint', 'recover', '--root', rootNow(place)]);
    const help = `settle it there: ${recover}`;
    super(EXIT.needsPerson, [{ code: 'SP4209', severity: 'error', message, help }]);
  }
}

/** Whether the lock that is held is the one that others find by its name. */
export function isInPlace({ stateDir, lockFd }: Pick<HeldPlace, 'stateDir' | 'lockFd'>): boolean {
  const lock = join(stateDir, RUN_LOCK) as RealPath;
  try {
    if (isStill(lockFd, lock)) return true;
    // A lock file that somebody deleted says nothing about the directory it was in.
    return placeOf(lockFd) === `${lock} (deleted)` && existsSync(stateDir);
  } catch (error) {
    // Who has let go of the lock cannot tell.
    if (errorCode(error) === 'EBADF') return true;
    throw error;
  }
}

function placeOf(lockFd: number): string {
  return readlinkSync(`/proc/self/fd/${String(lockFd)}`);
}

/** The kernel knows where the lock is now. */
function rootNow({ root, stateDir, lockFd }: HeldPlace): string {
  const now = dirname(placeOf(lockFd));
  const inside = stateDir.slice(root === '/' ? 0 : root.length);
  return now !== stateDir && now.endsWith(inside) ? now.slice(0, -inside.length) || '/' : 'ROOT';
}
