import type { Millis } from '../model/brand.ts';
import { lockPause } from './lock-file.ts';
import type { Native } from './native.ts';
import type { Clock } from './ports.ts';

/** Bytes from here on are turns, one for each byte below that is a lock: paths use 48 bits. */
const TURNS = 2 ** 48;
/** The turn of the run lock. */
export const RUN_TURN = 2 * TURNS;
/** A turn is a courtesy: a waiter that was stopped while it has one keeps the others from asking this long, not for ever. */
const PATIENCE = 1000 as Millis;

/** The turn that belongs to a locked byte. */
export function turnOf(byte: number): number {
  return TURNS + byte;
}

/** Whether a locked byte is a turn: whoever has it still waits for the lock. */
export function isTurn(byte: number): boolean {
  return byte >= TURNS;
}

/**
 * Waits for the turn to ask for a lock. Without it whoever frees a lock and wants it again at once gets it before all that look
 * for it from time to time: those starve. Returns the function that gives the turn to the next,
 * to be called with the lock in hand; `null` when it took too long: ask without.
 */
export async function takeTurn(
  { native, clock, fd }: { readonly native: Native; readonly clock: Clock; readonly fd: number },
  turn: number,
  deadline: number,
): Promise<(() => void) | null> {
  const end = Math.min(deadline, clock.monotonic() + PATIENCE);
  while (!native.tryLock(fd, turn, 1)) {
    if (clock.monotonic() >= end) return null;
    await clock.sleep(lockPause());
  }
  return () => native.unlock(fd, turn, 1);
}
