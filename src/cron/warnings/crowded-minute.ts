import type { NextRuns } from '../next-runs.ts';
import { MINUTE } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';
import { runsWithin } from './runs-within.ts';
import type { NamedSchedule } from './named-schedule.ts';

export interface CrowdedMinute {
  /** Its beginning. */
  readonly at: Instant;
  /** Who fires in it, as they stand in the file. */
  readonly names: readonly string[];
}

export interface Crowd {
  /** At most so many at once. */
  readonly most: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** The first of the minutes in which most schedules fire, when they are more than may run at once; null: they never are. */
export function crowdedMinute(
  schedules: readonly NamedSchedule[],
  nextRuns: NextRuns,
  { most, from, until }: Crowd,
): CrowdedMinute | null {
  const counts = new Map<Instant, number>();
  const busy: { at: Instant | null; count: number } = { at: null, count: most };
  for (const one of schedules) {
    for (const minute of minutesOf(one, nextRuns, from, until)) {
      const count = (counts.get(minute) ?? 0) + 1;
      counts.set(minute, count);
      const isFirst = busy.at === null || minute < busy.at;
      if (count > busy.count || (count === busy.count && count > most && isFirst)) {
        busy.at = minute;
        busy.count = count;
      }
    }
  }
  const { at } = busy;
  if (at === null) return null;
  const there = schedules.filter((one) => {
    const [first] = runsWithin(one, nextRuns, at, at + MINUTE);
    return first !== undefined;
  });
  return { at, names: there.map(({ name }) => name) };
}

/** Minutes in which it fires; one counts once, however many seconds it fires at. */
function* minutesOf(
  one: NamedSchedule,
  nextRuns: NextRuns,
  from: Instant,
  until: Instant,
): Generator<Instant> {
  let last: Instant | null = null;
  for (const run of runsWithin(one, nextRuns, from, until)) {
    const minute = Math.floor(run / MINUTE) * MINUTE;
    if (minute !== last) yield minute;
    last = minute;
  }
}
