import type { NextRuns } from '../next-runs.ts';
import { DAY } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';
import type { ZonedSchedule } from './named-schedule.ts';

/** Enough for each minute of a day; who fires less often is looked at for longer, until clocks have changed everywhere. */
const MOST = 1440;
const LONGEST = 400 * DAY;
/** Of what fires in some years only. */
const LEAST = 8;

export interface DifferentRuns {
  /** The first run that only one of them has, of each; null: it does not fire (any more). */
  readonly before: Instant | null;
  readonly after: Instant | null;
}

/**
 * What the same text means elsewhere: the first runs in which two readings of it, in another zone or dialect, differ. Null: none of
 * the next 1440 does, or of those in more than a year.
 */
export function firstDifference(
  before: ZonedSchedule,
  after: ZonedSchedule,
  nextRuns: NextRuns,
  from: Instant,
): DifferentRuns | null {
  const [old, fresh] = [before, after].map(({ schedule, zone }) =>
    nextRuns(schedule, { after: from, zone })[Symbol.iterator](),
  );
  for (let count = 0; count < MOST; count += 1) {
    const [one, other] = [valueOf(old), valueOf(fresh)];
    if (one !== other) return { before: one, after: other };
    if (one === null || (count >= LEAST && one - from > LONGEST)) return null;
  }
  return null;
}

function valueOf(runs: Iterator<Instant> | undefined): Instant | null {
  const next = runs?.next();
  return next === undefined || next.done === true ? null : next.value;
}
