import { parseGoDuration } from '../../model/go-duration.ts';
import type { CronReading } from '../cron-schedule.ts';
import { problemAt } from '../cron-text.ts';

const EVERY = '@every ';
const SECOND = 1_000_000_000n;

/**
 * `@every 1h30m`: whole seconds. Rule: robfig/cron v3.0.1 constantdelay.go, which takes less than a second, also a negative distance, for
 * one; that is refused, as nobody means it.
 */
export function readEvery(source: string): CronReading {
  const place = { text: source.slice(EVERY.length), column: EVERY.length + 1 };
  const distance = parseGoDuration(place.text);
  if (distance === null) {
    const message = `${JSON.stringify(place.text)} is no duration`;
    return { ok: false, problems: [problemAt(place, message, 'write it with units: 1h30m')] };
  }
  if (distance < SECOND) {
    const message = `${place.text} is less than a second`;
    return { ok: false, problems: [problemAt(place, message, 'write 1s or more')] };
  }
  return { ok: true, schedule: { kind: 'every', seconds: Number(distance / SECOND) } };
}
