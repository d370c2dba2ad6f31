import type { NextRuns } from '../next-runs.ts';
import type { Instant } from '../zone/zone-offset.ts';
import { busiestMinute, minuteCounts, namesAt } from './minute-counts.ts';
import type { NamedSchedule, ZonedSchedule } from './named-schedule.ts';

export interface CrowdedMinute {
  /** Its beginning. */
  readonly at: Instant;
  /** Who fires in it, in their order. */
  readonly names: readonly string[];
}

export interface Crowd {
  /** At most so many at once. */
  readonly most: number;
  readonly from: Instant;
  readonly until: Instant;
  /** Only minutes in which one of these fires; absent: all. */
  readonly touched?: readonly ZonedSchedule[];
}

/** The first of the minutes in which most schedules fire, when they are more than may run at once; null: they never are. */
export function crowdedMinute(
  schedules: readonly NamedSchedule[],
  nextRuns: NextRuns,
  { most, from, until, touched }: Crowd,
): CrowdedMinute | null {
  // No minute can have more than there are.
  if (schedules.length <= most) return null;
  const { counts } = minuteCounts(schedules, nextRuns, from, until);
  const asked = touched === undefined ? null : minuteCounts(touched, nextRuns, from, until).counts;
  const busiest = busiestMinute(asked === null ? counts : shared(counts, asked));
  if (busiest === null || busiest.count <= most) return null;
  return { at: busiest.at, names: namesAt(schedules, nextRuns, busiest.at) };
}

function shared(
  counts: ReadonlyMap<Instant, number>,
  asked: ReadonlyMap<Instant, number>,
): ReadonlyMap<Instant, number> {
  return new Map([...counts].filter(([minute]) => asked.has(minute)));
}
