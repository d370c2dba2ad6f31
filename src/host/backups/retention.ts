import type { RetentionRules, Snapshot } from '../../model/backup.ts';

/** What retention looks at. */
export type Dated = Pick<Snapshot, 'run' | 'seq' | 'time'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1970-01-05 was the first Monday: weeks begin there. */
const MONDAY = 4 * DAY;

/**
 * Which of `snapshots` stay: those that any rule wants, and the newest one always. `now` in milliseconds since the epoch.
 * Order is by `seq`; times only date. Pure.
 */
export function retained<T extends Dated>(
  snapshots: readonly T[],
  rules: RetentionRules,
  now: number,
): readonly T[] {
  const newestFirst = snapshots.toSorted((a, b) => b.seq - a.seq);
  const dates = plausibleTimes(newestFirst, now);
  const keep = new Set<T>(newestFirst.slice(0, Math.max(1, rules.keepLast)));
  for (const [i, snapshot] of newestFirst.entries()) {
    if (rules.keepWithin > 0 && now - (dates[i] ?? now) <= rules.keepWithin) keep.add(snapshot);
  }
  for (const [count, periodOf] of periods(rules)) {
    let found = 0;
    let last: number | null = null;
    for (const [i, snapshot] of newestFirst.entries()) {
      const period = periodOf(dates[i] ?? now);
      if (period === last) continue;
      last = period;
      found += 1;
      if (found > count) break;
      keep.add(snapshot);
    }
  }
  return newestFirst.filter((snapshot) => keep.has(snapshot)).toReversed();
}

function periods(rules: RetentionRules): readonly (readonly [number, (time: number) => number])[] {
  return [
    [rules.hourly, (time) => Math.floor(time / HOUR)],
    [rules.daily, (time) => Math.floor(time / DAY)],
    [rules.weekly, (time) => Math.floor((time - MONDAY) / (7 * DAY))],
    [rules.monthly, monthOf],
  ];
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * When each snapshot (newest first) can have been made, never earlier than it was: clocks jump. A time before that of an
 * earlier snapshot is that snapshot's; a time after `now` (or none) is that of the next later one, or `now`.
 */
function plausibleTimes(newestFirst: readonly Dated[], now: number): readonly number[] {
  const times: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const { time } of newestFirst.toReversed()) {
    const own = Date.parse(time);
    const known = Number.isFinite(own) && own <= now;
    if (known) latest = Math.max(latest, own);
    times.push(known ? latest : Number.NaN);
  }
  let next = now;
  return times.toReversed().map((time) => {
    if (!Number.isNaN(time)) next = time;
    return next;
  });
}
