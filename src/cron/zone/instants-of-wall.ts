import type { ClockChange } from '../cron-schedule.ts';
import { DAY, MINUTE } from './calendar-day.ts';
import type { WallTime } from './calendar-day.ts';
import type { Instant, ZoneOffset } from './zone-offset.ts';

/**
 * When clocks show a time: once, twice where they were put back over it, never where they were put forward. What then happens is
 * the dialect's: see ClockChange. Assumes that no zone changes its clocks twice within two days.
 */
export function instantsOfWall(
  wall: WallTime,
  offset: ZoneOffset,
  change: ClockChange,
): readonly Instant[] {
  const [before, after] = [offset(wall - DAY), offset(wall + DAY)];
  if (before === after) return [wall - before];
  const found = [wall - before, wall - after]
    .filter((at) => at + offset(at) === wall)
    .toSorted((a, b) => a - b);
  if (change === 'skip-and-repeat') return found;
  const [first] = found;
  return [first ?? transition(wall - DAY, wall + DAY, offset)];
}

/** The minute in which the clocks are put forward. */
function transition(from: Instant, to: Instant, offset: ZoneOffset): Instant {
  const start = offset(from);
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle * MINUTE) === start) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}
