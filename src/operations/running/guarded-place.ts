import { readlinkSync, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { isStill } from '../../host/lock-file.ts';
import type { Session } from '../session.ts';
import { runLockFile } from './under-run-lock.ts';

/**
 * The root and state directory that a guardian was started in. Both may be moved or replaced while it waits; what it would do by
 * their names then would not be about its run. Device and inode name them for as long as this process lives.
 */
export interface GuardedPlace {
  readonly isThere: () => boolean;
  /** For the log, once it is not there. */
  readonly words: () => string;
}

/** `lockFd`: the run lock, which stays the same file wherever its directory goes. */
export function guardedPlace(session: Session, lockFd: number): GuardedPlace {
  const root = session.host.root.dir;
  const lock = runLockFile(session);
  const begun = identityOf(root);
  return {
    isThere() {
      const now = identityOf(root);
      if (now === undefined || begun === undefined) return false;
      return now.ino === begun.ino && now.dev === begun.dev && isStill(lockFd, lock);
    },
    words() {
      const before = dirname(lock);
      const now = dirname(readlinkSync(`/proc/self/fd/${String(lockFd)}`));
      const moved = now !== before && now.endsWith(before.slice(root.length));
      const newRoot = moved ? now.slice(0, now.length - (before.length - root.length)) : 'ROOT';
      const recover = shellLine(['setpoint', 'recover', '--root', newRoot]);
      return `${root} is not the root any more that this run is in, or its state directory was replaced: nothing is done here; where it is now: ${recover}`;
    },
  };
}

function identityOf(path: string): BigIntStats | undefined {
  return statSync(path, { throwIfNoEntry: false, bigint: true });
}
