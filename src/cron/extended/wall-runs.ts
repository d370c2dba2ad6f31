import { DAY, dayOf, midnightOf, weekdayOf } from '../zone/calendar-day.ts';
import type { CalendarDay, WallTime } from '../zone/calendar-day.ts';
import { numbersOf } from './parsed-fields.ts';
import type { ParsedFields } from './parsed-fields.ts';

/** Leap years are eight years apart around 1900 and 2100. */
const HORIZON = 8 * 366 + 1;

/**
 * The times that clocks show when fields of cron-parser fire, later than a time, ascending: as cron-parser steps through them, without
 * a date object for each step. Ends where nothing fires for eight years.
 */
export function* wallRuns(fields: ParsedFields, after: WallTime): Generator<WallTime> {
  const times = timesOfDay(fields);
  const first = Math.floor(after / DAY) * DAY;
  let last = first;
  for (let day = first; day <= last + HORIZON * DAY; day += DAY) {
    if (!firesOn(fields, day)) continue;
    last = day;
    for (const time of times) if (day + time > after) yield day + time;
  }
}

function timesOfDay({ second, minute, hour }: ParsedFields): readonly number[] {
  const [hours, minutes, seconds] = [hour, minute, second].map(numbersOf);
  return (hours ?? []).flatMap((h) =>
    (minutes ?? []).flatMap((m) => (seconds ?? []).map((s) => ((h * 60 + m) * 60 + s) * 1000)),
  );
}

/** Rule: cron-parser 5.10.5 CronExpression #matchDayOfMonth: two days that are both no star are either of them. */
function firesOn(fields: ParsedFields, midnight: WallTime): boolean {
  const date = dayOf(midnight);
  const { month, dayOfMonth, dayOfWeek } = fields;
  if (!month.values.includes(date.month)) return false;
  if (dayOfWeek.star) return isDayOfMonth(fields, date);
  const ofWeek = isDayOfWeek(fields, date, weekdayOf(midnight));
  return dayOfMonth.star ? ofWeek : ofWeek || isDayOfMonth(fields, date);
}

function isDayOfMonth({ dayOfMonth: { values } }: ParsedFields, date: CalendarDay): boolean {
  return values.includes(date.day) || (values.includes('L') && date.day === daysOfMonth(date));
}

function isDayOfWeek(
  { dayOfWeek: { values }, nth }: ParsedFields,
  date: CalendarDay,
  weekday: number,
): boolean {
  if (values.includes(weekday) && (nth === 0 || Math.ceil(date.day / 7) === nth)) return true;
  if (date.day <= daysOfMonth(date) - 7) return false;
  return values.some((value) => typeof value === 'string' && Number(value[0]) % 7 === weekday);
}

function daysOfMonth({ year, month }: CalendarDay): number {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return (midnightOf({ ...next, day: 1 }) - midnightOf({ year, month, day: 1 })) / DAY;
}
