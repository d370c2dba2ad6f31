import type { NextRuns } from '../next-runs.ts';
import type { Instant } from '../zone/zone-offset.ts';
import { busiestMinute, minuteCounts, namesAt } from './minute-counts.ts';
import type { NamedSchedule } from './named-schedule.ts';

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
}

/** The first of the minutes in which most schedules fire, when they are more than may run at once; null: they never are. */
export function crowdedMinute(
  schedules: readonly NamedSchedule[],
  nextRuns: NextRuns,
  { most, from, until }: Crowd,
): CrowdedMinute | null {
  const busiest = busiestMinute(minuteCounts(schedules, nextRuns, from, until));
  if (busiest === null || busiest.count <= most) return null;
  return { at: busiest.at, names: namesAt(schedules, nextRuns, busiest.at) };
}
