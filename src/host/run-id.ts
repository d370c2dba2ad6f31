import { decodeTime, isValid, monotonicFactory } from 'ulid';
import type { RunId } from '../model/brand.ts';
import type { Clock } from './ports.ts';

const next = monotonicFactory();

/**
 * A new ULID: sorts by time, and within one process strictly after every earlier one even when the clock stands still or
 * jumps back. Across processes the run lock orders runs, not their ids.
 */
export function newRunId(clock: Pick<Clock, 'now'>): RunId {
  return next(clock.now().getTime()) as RunId;
}

/** When a run began, as its id tells (ISO 8601, UTC); `null` for an id that is none. */
export function timeOfRun(run: RunId): string | null {
  return isValid(run) ? new Date(decodeTime(run)).toISOString() : null;
}
