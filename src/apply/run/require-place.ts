import { isInPlace, PlaceGone } from '../journal/place-gone.ts';
import type { RunContext } from '../machine/run-input.ts';

/** Throws PlaceGone where the root or state directory of a run was moved away: what it wrote next would make the old path anew. */
export function requirePlace(context: RunContext): void {
  const { host, lock } = context;
  if (!isInPlace({ stateDir: host.stateDir, lockFd: lock.fd })) throw placeGone(context);
}

export function placeGone({ host, lock }: RunContext): PlaceGone {
  return new PlaceGone({ root: host.root.dir, stateDir: host.stateDir, lockFd: lock.fd });
}
