import type { Instant } from './zone/zone-offset.ts';

/** At most so many of the runs. */
export function firstRuns(runs: Iterable<Instant>, count: number): readonly Instant[] {
  const found: Instant[] = [];
  for (const run of runs) {
    found.push(run);
    if (found.length === count) break;
  }
  return found;
}
