import { applyChanges } from '../../../src/operations/apply-changes.ts';
import type { ApplyOptions } from '../../../src/operations/apply-changes.ts';
import type { ApplyResult } from '../../../src/operations/results.ts';
import type { Session } from '../../../src/operations/session.ts';
import { openLibrary } from './library.ts';
import type { Rig } from './rig.ts';

/** A clock that is moved by sleeping on it, and by who holds it. */
export interface Hand {
  now: number;
  /** Milliseconds that were slept: nobody sets that clock. */
  slept: number;
  /** Whether who sleeps has to wait: commands and gates have time limits that are slept. */
  real: boolean;
  /** What happens while somebody sleeps, after that time has passed. */
  meanwhile: () => Promise<void> | void;
}

/** A session on the host of a rig that believes it is `time` (ISO 8601), and the hand of its clock. */
export async function sessionAt(
  rig: Rig,
  time: string,
): Promise<{ readonly session: Session; readonly hand: Hand }> {
  const session = await openLibrary(rig);
  const hand: Hand = { now: Date.parse(time), slept: 0, real: false, meanwhile: () => {} };
  const { clock } = session.host;
  const handed: typeof clock = {
    now: () => new Date(hand.now),
    monotonic: () => clock.monotonic() + hand.slept,
    sleep: async (ms, signal) => {
      if (hand.real) return clock.sleep(ms, signal);
      signal?.throwIfAborted();
      hand.now += ms;
      hand.slept += ms;
      await hand.meanwhile();
    },
  };
  return { session: { ...session, host: { ...session.host, clock: handed } }, hand };
}

/** Applies all plans, approved, without gates and guardian unless said otherwise. */
export function applyIn(
  session: Session,
  options: Partial<ApplyOptions> = {},
): Promise<ApplyResult> {
  return applyChanges(session, {
    source: { plans: [], vars: {} },
    approve: () => Promise.resolve(true),
    allowDirty: false,
    allowDiverged: null,
    retryHeld: null,
    allowUnhealthy: false,
    offline: true,
    guardian: false,
    listener: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}

/** What it was refused with, or `done`. */
export const refusalOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );
