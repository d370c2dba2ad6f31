import { statSync, type BigIntStats } from 'node:fs';
import { isInPlace, PlaceGone } from '../../apply/journal/place-gone.ts';
import type { Session } from '../session.ts';

/**
 * The root and state directory that a guardian was started in. Both may be moved or replaced while it waits; what it would do by
 * their names then would not be about its run. Device and inode name them for as long as this process lives.
 */
export interface GuardedPlace {
  readonly isThere: () => boolean;
  /** For the log, once it is not there. */
  readonly words: () => string;
}

/** `lockFd`: the run lock. */
export function guardedPlace({ host }: Session, lockFd: number): GuardedPlace {
  const { stateDir } = host;
  const root = host.root.dir;
  const begun = identityOf(root);
  return {
    isThere() {
      const now = identityOf(root);
      if (now === undefined || begun === undefined) return false;
      return now.ino === begun.ino && now.dev === begun.dev && isInPlace({ stateDir, lockFd });
    },
    words: () =>
      new PlaceGone({ root, stateDir, lockFd }).diagnostics
        .map(({ message, help }) => `${message}; ${help ?? ''}`)
        .join('; '),
  };
}

function identityOf(path: string): BigIntStats | undefined {
  return statSync(path, { throwIfNoEntry: false, bigint: true });
}
