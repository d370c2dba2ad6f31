import type { CronSchedule } from '../cron-schedule.ts';
import type { ZonedSchedule } from './named-schedule.ts';

/** Reckons once for schedules that are one object, in one zone: of ten thousand entries most are alike. */
export function onceEach<T>(reckon: (one: ZonedSchedule) => T): (one: ZonedSchedule) => T {
  const known = new Map<CronSchedule, Map<string, { readonly value: T }>>();
  return (one) => {
    const zones = known.get(one.schedule) ?? new Map<string, { readonly value: T }>();
    known.set(one.schedule, zones);
    const found = zones.get(one.zone) ?? { value: reckon(one) };
    zones.set(one.zone, found);
    return found.value;
  };
}
