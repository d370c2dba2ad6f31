import type { CronFields, CrontabSchedule } from '../../cron/cron-schedule.ts';
import { firingDays } from '../../cron/crontab/firing-days.ts';
import { DAY, MINUTE } from '../../cron/zone/calendar-day.ts';
import type { WallTime } from '../../cron/zone/calendar-day.ts';
import { instantsOfWall } from '../../cron/zone/instants-of-wall.ts';
import type { Instant, ZoneOffset } from '../../cron/zone/zone-offset.ts';

/** When a window begins, each time. */
export interface Openings {
  /** The first beginning after an instant; `null`: none within eight years, and so never. */
  readonly next: (after: Instant) => Instant | null;
  /** The last beginning in `(after, upTo]`; `null`: none. */
  readonly last: (after: Instant, upTo: Instant) => Instant | null;
}

/** Leap years are eight years apart around 2100. */
const HORIZON = 8 * 366 + 1;
/** Days whose beginnings are at hand; the same ones are asked for again and again. */
const KEPT_DAYS = 16;

/**
 * The beginnings of a window by the fields of its schedule. Where clocks change it goes by a rule of its own, because a freeze must not be
 * left out for an hour that there was not: a time that is skipped begins right after the gap, a time that comes twice begins both times.
 */
export function openingsOf(fields: CronFields, offset: ZoneOffset): Openings {
  const schedule: CrontabSchedule = {
    kind: 'calendar',
    dialect: 'crontab',
    fields,
    change: 'once',
  };
  const kept = new Map<WallTime, readonly Instant[]>();
  const ofDay = (day: WallTime): readonly Instant[] => {
    const known = kept.get(day) ?? beginningsOn(day, fields, offset);
    if (kept.size >= KEPT_DAYS) kept.clear();
    kept.set(day, known);
    return known;
  };
  return {
    next(after) {
      // A day earlier: what a gap at midnight skips begins after it.
      const from = midnight(after, offset) - DAY;
      for (const day of firingDays(schedule, from, HORIZON)) {
        const beginnings = ofDay(day);
        const found = beginnings[countUpTo(beginnings, after)];
        if (found !== undefined) return found;
      }
      return null;
    },
    last(after, upTo) {
      for (let day = midnight(upTo, offset); day >= midnight(after, offset) - DAY; day -= DAY) {
        if ([...firingDays(schedule, day, 1)].length === 0) continue;
        const beginnings = ofDay(day);
        const found = beginnings[countUpTo(beginnings, upTo) - 1];
        if (found !== undefined) return found > after ? found : null;
      }
      return null;
    },
  };
}

function midnight(at: Instant, offset: ZoneOffset): WallTime {
  return Math.floor((at + offset(at)) / DAY) * DAY;
}

/** By halves: a day may have 1440 of them. */
function countUpTo(ascending: readonly Instant[], at: Instant): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ascending[middle] ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ascending. */
function beginningsOn(day: WallTime, fields: CronFields, offset: ZoneOffset): readonly Instant[] {
  const times = fields.hour.values.flatMap((hour) =>
    fields.minute.values.map((minute) => day + (hour * 60 + minute) * MINUTE),
  );
  const [before, behind] = [offset(day - DAY), offset(day + 2 * DAY)];
  // Most days the clocks are not touched.
  if (before === behind) return times.map((time) => time - before);
  const found = times.flatMap((time) => {
    const there = instantsOfWall(time, offset, 'skip-and-repeat');
    return there.length === 0 ? instantsOfWall(time, offset, 'once') : there;
  });
  return [...new Set(found)].toSorted((a, b) => a - b);
}
