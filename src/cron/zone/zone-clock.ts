import { DAY } from './calendar-day.ts';
import type { Instant, ZoneOffset } from './zone-offset.ts';
import { zoneOffset } from './zone-offset.ts';

/** Asking Intl takes microseconds, and making its formats a hundred times as long. */
const clocks = new Map<string, ZoneOffset>();
const MOST_ZONES = 1000;
const MOST_DAYS = 10_000;

export function isZone(zone: string): boolean {
  return clockOf(zone) !== null;
}

/** The offsets of a zone, remembered by the day. Throws RangeError where there is no such zone. */
export function zoneClock(zone: string): ZoneOffset {
  const clock = clockOf(zone);
  if (clock === null) throw new RangeError(`${JSON.stringify(zone)} is no time zone`);
  return clock;
}

function clockOf(zone: string): ZoneOffset | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const offset = zoneOffset(zone);
  if (offset === null) return null;
  if (clocks.size >= MOST_ZONES) clocks.clear();
  const clock = byDay(offset);
  clocks.set(zone, clock);
  return clock;
}

/** Where a day begins and ends with the same offset, it has it all along: no zone changes its clocks twice within two days. */
function byDay(offset: ZoneOffset): ZoneOffset {
  const days = new Map<number, OffsetsOfDay>();
  return (instant: Instant) => {
    const day = Math.floor(instant / DAY);
    let known = days.get(day);
    if (known === undefined) {
      known = offsetsOf(day * DAY, offset);
      if (days.size >= MOST_DAYS) days.clear();
      days.set(day, known);
    }
    return instant < known.until ? known.before : known.after;
  };
}

interface OffsetsOfDay {
  readonly before: number;
  /** When the clocks are changed. */
  readonly until: Instant;
  readonly after: number;
}

function offsetsOf(start: Instant, offset: ZoneOffset): OffsetsOfDay {
  const [before, after] = [offset(start), offset(start + DAY)];
  if (before === after) return { before, until: start + DAY, after };
  // To the second: Liberia changed its clocks in the middle of a minute.
  let [low, high] = [0, DAY / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(start + middle * 1000) === before) low = middle;
    else high = middle;
  }
  return { before, until: start + high * 1000, after };
}
