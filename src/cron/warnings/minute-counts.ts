import type { NextRuns } from '../next-runs.ts';
import { MINUTE } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';
import type { NamedSchedule, ZonedSchedule } from './named-schedule.ts';
import { onceEach } from './once-each.ts';
import { runsWithin } from './runs-within.ts';

/** A minute of reckoning. */
const MOST_RUNS = 5_000_000;

export interface MinuteCounts {
  /** How many schedules fire in a minute, by its beginning; a schedule counts once, however many seconds of it it fires at. */
  readonly counts: ReadonlyMap<Instant, number>;
  /** False: the rest of the schedules was not counted, as they fire too often. */
  readonly complete: boolean;
}

/** How many schedules fire in each minute of a span. Schedules that are one object, in one zone, are stepped through once. */
export function minuteCounts(
  schedules: readonly ZonedSchedule[],
  nextRuns: NextRuns,
  from: Instant,
  until: Instant,
): MinuteCounts {
  const counts = new Map<Instant, number>();
  let left = MOST_RUNS;
  for (const [one, weight] of weighted(schedules)) {
    let last: Instant | null = null;
    for (const run of runsWithin(one, nextRuns, from, until)) {
      left -= 1;
      if (left === 0) return { counts, complete: false };
      const minute = Math.floor(run / MINUTE) * MINUTE;
      if (minute !== last) counts.set(minute, (counts.get(minute) ?? 0) + weight);
      last = minute;
    }
  }
  return { counts, complete: true };
}

/** The first of the minutes with the most; null: none has any. */
export function busiestMinute(
  counts: ReadonlyMap<Instant, number>,
): { readonly at: Instant; readonly count: number } | null {
  let busiest: { readonly at: Instant; readonly count: number } | null = null;
  for (const [at, count] of counts) {
    const isEarlier = busiest !== null && count === busiest.count && at < busiest.at;
    if (busiest === null || count > busiest.count || isEarlier) busiest = { at, count };
  }
  return busiest;
}

/** Who fires in a minute, in their order. */
export function namesAt(
  schedules: readonly NamedSchedule[],
  nextRuns: NextRuns,
  minute: Instant,
): readonly string[] {
  const fires = onceEach((one) => {
    const [first] = runsWithin(one, nextRuns, minute, minute + MINUTE);
    return first !== undefined;
  });
  return schedules.filter(fires).map(({ name }) => name);
}

function weighted(schedules: readonly ZonedSchedule[]): Iterable<readonly [ZonedSchedule, number]> {
  const groups: [ZonedSchedule, number][] = [];
  const groupOf = onceEach((one) => {
    const group: [ZonedSchedule, number] = [one, 0];
    groups.push(group);
    return group;
  });
  for (const one of schedules) groupOf(one)[1] += 1;
  return groups;
}
