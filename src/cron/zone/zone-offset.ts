import { midnightOf } from './calendar-day.ts';

/** Milliseconds since 1970 in UTC. */
export type Instant = number;

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export type ZoneOffset = (at: Instant) => number;

/** The offsets of an IANA zone, by the data that Node has; `null`: it has no such zone. */
export function zoneOffset(zone: string): ZoneOffset | null {
  const format = clockOf(zone);
  if (format === null) return null;
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = PARTS.map((part) =>
      parts.get(part),
    );
    // Parts of a second are the same everywhere.
    const seconds = Math.floor(at / 1000) * 1000;
    return midnightOf({ year, month, day }) + ((hour * 60 + minute) * 60 + second) * 1000 - seconds;
  };
}

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

function clockOf(zone: string): Intl.DateTimeFormat | null {
  // Offsets such as +02:00, which Intl takes too, are no zones.
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      ...Object.fromEntries(PARTS.map((part) => [part, 'numeric'])),
    });
  } catch {
    return null;
  }
}
