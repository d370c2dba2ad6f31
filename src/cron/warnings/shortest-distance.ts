import type { NextRuns } from '../next-runs.ts';
import { DAY, MINUTE } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';
import type { ZonedSchedule } from './named-schedule.ts';

/** With the hour that the clocks may add. */
const LONGEST_DAY = DAY + 60 * MINUTE;

export interface CloseRuns {
  readonly first: Instant;
  readonly second: Instant;
}

/**
 * The first two runs, none before `from`, that are nearer to each other than so many milliseconds; null: none. What a schedule does on a
 * day it does on each of its days, so that the rest of one day and a whole later one with the way over midnight show every distance: a
 * job of each week is looked at for a week, not for the years that as many runs would take.
 */
export function moreOftenThan(
  distance: number,
  { schedule, zone }: ZonedSchedule,
  nextRuns: NextRuns,
  from: Instant,
): CloseRuns | null {
  let before: Instant | null = null;
  let dayEnds: Instant | null = null;
  let days = 0;
  for (const run of nextRuns(schedule, { after: from - 1, zone })) {
    if (before !== null && run - before < distance) return { first: before, second: run };
    before = run;
    if (dayEnds !== null && run < dayEnds) continue;
    if (days === 2) break;
    days += 1;
    dayEnds = run + LONGEST_DAY;
  }
  return null;
}
