import type { NextRuns } from '../next-runs.ts';
import type { Instant } from '../zone/zone-offset.ts';
import type { ZonedSchedule } from './named-schedule.ts';

/** Runs from `from` on, itself included, until before `until`. */
export function* runsWithin(
  { schedule, zone }: ZonedSchedule,
  nextRuns: NextRuns,
  from: Instant,
  until: Instant,
): Generator<Instant> {
  for (const run of nextRuns(schedule, { after: from - 1, zone })) {
    if (run >= until) return;
    yield run;
  }
}
