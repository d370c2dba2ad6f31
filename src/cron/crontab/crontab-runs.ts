import type { CrontabSchedule } from '../cron-schedule.ts';
import { firingDays } from './firing-days.ts';
import { DAY, MINUTE } from '../zone/calendar-day.ts';
import type { WallTime } from '../zone/calendar-day.ts';
import { instantsOfWall } from '../zone/instants-of-wall.ts';
import type { Instant, ZoneOffset } from '../zone/zone-offset.ts';

/** Leap years are eight years apart around 1900 and 2100: what does not fire within them never does. */
const HORIZON = 8 * 366 + 1;

/**
 * When cron runs a job after an instant, ascending; it ends where nothing fires for eight years. `offset`: of the zone whose clocks
 * it goes by.
 */
export function* crontabRuns(
  schedule: CrontabSchedule,
  after: Instant,
  offset: ZoneOffset,
): Generator<Instant> {
  let last = after;
  // A day earlier: what a gap at midnight skips may fire after it.
  let from = Math.floor((after + offset(after)) / DAY) * DAY - DAY;
  for (;;) {
    const day = firstOf(firingDays(schedule, from, HORIZON));
    if (day === null) return;
    for (const run of runsOfDay(schedule, day, offset)) {
      if (run <= last) continue;
      yield run;
      last = run;
    }
    from = day + DAY;
  }
}

function runsOfDay(
  { fields, change }: CrontabSchedule,
  day: WallTime,
  offset: ZoneOffset,
): readonly Instant[] {
  const times = fields.hour.values.flatMap((hour) =>
    fields.minute.values.map((minute) => day + (hour * 60 + minute) * MINUTE),
  );
  const [before, behind] = [offset(day - DAY), offset(day + 2 * DAY)];
  // Most days the clocks are not touched.
  if (before === behind) return times.map((time) => time - before);
  const runs = times.flatMap((time) => instantsOfWall(time, offset, change));
  return runs.toSorted((a, b) => a - b);
}

function firstOf<Value>(values: Iterable<Value>): Value | null {
  for (const value of values) return value;
  return null;
}
