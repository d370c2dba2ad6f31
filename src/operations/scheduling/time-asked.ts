import type { WallTime } from '../../cron/zone/calendar-day.ts';
import { instantsOfWall } from '../../cron/zone/instants-of-wall.ts';
import { zoneClock } from '../../cron/zone/zone-clock.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';

/** A time that people name: an instant, or what clocks of the zone show that is asked for. */
export type TimeAsked = { readonly instant: Instant } | { readonly wall: WallTime };

/** The first instant at which clocks show it, or right after a gap that has it: a day may begin at 01:00. */
export function instantOf(asked: TimeAsked, zone: string): Instant {
  if ('instant' in asked) return asked.instant;
  const offset = zoneClock(zone);
  return instantsOfWall(asked.wall, offset, 'once')[0] ?? asked.wall - offset(asked.wall);
}
