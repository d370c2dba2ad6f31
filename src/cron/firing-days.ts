import { dayRule } from './cron-schedule.ts';
import type { CalendarSchedule } from './cron-schedule.ts';
import { DAY, dayOf, weekdayOf } from './zone/calendar-day.ts';
import type { WallTime } from './zone/calendar-day.ts';

/** The days on which a schedule fires, as their midnights, from the one given on and for so many days. */
export function* firingDays(
  schedule: CalendarSchedule,
  from: WallTime,
  count: number,
): Generator<WallTime> {
  for (let day = from; day < from + count * DAY; day += DAY) {
    if (firesOn(schedule, day)) yield day;
  }
}

function firesOn(schedule: CalendarSchedule, midnight: WallTime): boolean {
  const { fields } = schedule;
  const { month, day } = dayOf(midnight);
  if (!fields.month.values.includes(month)) return false;
  const ofMonth = fields['day of month'].values.includes(day);
  const ofWeek = fields['day of week'].values.includes(weekdayOf(midnight));
  return dayRule(schedule) === 'both' ? ofMonth && ofWeek : ofMonth || ofWeek;
}
