import type { Millis } from '../model/brand.ts';
import { parseGoDuration } from './go-duration.ts';
import { usageError } from './usage-error.ts';

/** Long enough to type a command, short enough that nobody forgets the lock that is held meanwhile. Milliseconds. */
const SHORTEST = 5000;
const LONGEST = 24 * 3_600_000;

/** `--confirm-within`. Throws a usage error unless it is a Go duration from 5s to 24h. */
export function confirmTime(input: string): Millis {
  const millis = parseGoDuration(input);
  if (millis !== null && millis >= SHORTEST && millis <= LONGEST) return millis;
  throw usageError(
    'SP9001',
    `--confirm-within ${input}: not a duration from 5s to 24h`,
    'write a number with its unit, such as 30s, 10m or 1h30m',
  );
}
