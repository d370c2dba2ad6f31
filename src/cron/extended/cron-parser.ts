/** The one place that loads cron-parser, itself loaded only for schedules of the dialect `extended`: it takes 10 ms and more. */
import { CronExpressionParser } from 'cron-parser';
import { DAY } from '../zone/calendar-day.ts';
import type { Instant } from '../zone/zone-offset.ts';
import { zoneClock } from '../zone/zone-clock.ts';
import type { ParsedField, ParsedFields } from './parsed-fields.ts';
import { wallRuns } from './wall-runs.ts';

export interface ExtendedSchedule {
  readonly expression: string;
  readonly seed: string;
}

/**
 * When cron-parser fires, ascending: a time that clocks skip fires in the hour behind the gap, one that comes twice fires once, unless
 * it fires in every hour. Around a change of the clocks cron-parser itself is asked, which takes milliseconds a run in a zone; elsewhere
 * its fields are stepped through. Ends where nothing fires for eight years.
 */
export function* cronParserRuns(
  schedule: ExtendedSchedule,
  after: Instant,
  zone: string,
): Generator<Instant> {
  const offset = zoneClock(zone);
  const isQuiet = (at: Instant): boolean => offset(at - DAY) === offset(at + DAY);
  const fields = parsedFields(schedule);
  let last = after;
  for (;;) {
    let change = isQuiet(last) ? null : last;
    if (change === null) {
      for (const wall of wallRuns(fields, last + offset(last))) {
        const run = wall - offset(wall);
        if (!isQuiet(run)) {
          change = Math.max(last, run - 2 * DAY);
          break;
        }
        yield run;
        last = run;
      }
      if (change === null) return;
    }
    let isOver = false;
    for (const run of runsInZone(schedule, change, zone)) {
      if (run <= last) continue;
      yield run;
      last = run;
      isOver = isQuiet(run);
      if (isOver) break;
    }
    if (!isOver) return;
  }
}

/** Its iterator ends where `next` would throw. */
function* runsInZone(
  { expression, seed }: ExtendedSchedule,
  after: Instant,
  zone: string,
): Generator<Instant> {
  const options = { currentDate: after, tz: zone, hashSeed: seed };
  for (const run of CronExpressionParser.parse(expression, options)) yield run.getTime();
}

export function parsedFields({ expression, seed }: ExtendedSchedule): ParsedFields {
  const { fields } = CronExpressionParser.parse(expression, { hashSeed: seed, tz: 'UTC' });
  return {
    second: fieldOf(fields.second),
    minute: fieldOf(fields.minute),
    hour: fieldOf(fields.hour),
    dayOfMonth: fieldOf(fields.dayOfMonth),
    month: fieldOf(fields.month),
    dayOfWeek: fieldOf(fields.dayOfWeek),
    nth: fields.dayOfWeek.nthDay,
  };
}

function fieldOf({
  values,
  isWildcard,
}: {
  readonly values: readonly (number | string)[];
  readonly isWildcard: boolean;
}): ParsedField {
  return { values, star: isWildcard };
}
