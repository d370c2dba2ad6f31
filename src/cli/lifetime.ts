import type { Millis } from '../model/brand.ts';
import { parseGoDuration } from './go-duration.ts';
import { usageError } from './usage-error.ts';

const DAY = 24 * 3_600_000;
const SHORTEST = 60_000;
const LONGEST = 366 * DAY;

/** `--expires`, in milliseconds. Throws a usage error unless it is whole days (`7d`) or a Go duration, from 1m to 366d. */
export function lifetime(input: string): Millis {
  const days = /^(\d{1,4})d$/.exec(input)?.[1];
  const millis = days === undefined ? parseGoDuration(input) : Number(days) * DAY;
  if (millis !== null && millis >= SHORTEST && millis <= LONGEST) return millis as Millis;
  throw usageError(
    'SP9001',
    `--expires ${input}: not a time from 1m to 366d`,
    'write a number with its unit, such as 7d, 12h or 90m',
  );
}
