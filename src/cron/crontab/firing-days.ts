import { dayRule } from '../cron-schedule.ts';
import type { CrontabSchedule } from '../cron-schedule.ts';
import { DAY, dayOf, weekdayOf } from '../zone/calendar-day.ts';
import type { WallTime } from '../zone/calendar-day.ts';

/** The days on which cron runs a job, as their midnights, from the one given on and for so many days. */
export function* firingDays(
  schedule: CrontabSchedule,
  from: WallTime,
  count: number,
): Generator<WallTime> {
  for (let day = from; day < from + count * DAY; day += DAY) {
    if (firesOn(schedule, day)) yield day;
  }
}

function firesOn({ fields }: CrontabSchedule, midnight: WallTime): boolean {
  const { month, day } = dayOf(midnight);
  if (!fields.month.values.includes(month)) return false;
  const ofMonth = fields['day of month'].values.includes(day);
  const ofWeek = fields['day of week'].values.includes(weekdayOf(midnight));
  return dayRule(fields) === 'both' ? ofMonth && ofWeek : ofMonth || ofWeek;
}
