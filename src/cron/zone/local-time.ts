import { DAY, dayOf, MINUTE } from './calendar-day.ts';
import type { Instant } from './zone-offset.ts';
import { zoneClock } from './zone-clock.ts';

/** What the clocks of a zone show, with their distance to UTC: `2026-03-29T03:00:00+02:00`. Throws RangeError for no zone. */
export function localTime(at: Instant, zone: string): string {
  const offset = zoneClock(zone)(at);
  const wall = at + offset;
  const { year, month, day } = dayOf(wall);
  const seconds = Math.floor((wall - Math.floor(wall / DAY) * DAY) / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const distance = [Math.floor(minutes / 60), minutes % 60].map(two).join(':');
  const sign = offset < 0 ? '-' : '+';
  return `${year}-${two(month)}-${two(day)}T${clock.map(two).join(':')}${sign}${distance}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
