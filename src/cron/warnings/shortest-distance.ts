import type { CronSchedule } from '../cron-schedule.ts';
import type { NextRuns, RunsRequest } from '../next-runs.ts';
import { MINUTE } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';

/** Two days of runs show every distance within a day and over midnight. */
const DAYS = 2;

export interface CloseRuns {
  readonly first: Instant;
  readonly second: Instant;
}

/**
 * The first two runs that are nearer to each other than so many minutes; null: none. Looks at as many runs as two days may have at that
 * distance, so that ten thousand schedules take ten thousand times as long as one.
 */
export function moreOftenThan(
  minutes: number,
  schedule: CronSchedule,
  nextRuns: NextRuns,
  request: RunsRequest,
): CloseRuns | null {
  let left = Math.ceil((DAYS * 24 * 60) / minutes) + 1;
  let before: Instant | null = null;
  for (const run of nextRuns(schedule, request)) {
    if (before !== null && run - before < minutes * MINUTE) return { first: before, second: run };
    before = run;
    left -= 1;
    if (left === 0) break;
  }
  return null;
}
