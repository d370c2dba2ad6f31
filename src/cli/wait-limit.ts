import type { Millis } from '../model/brand.ts';
import { LONGEST_WAIT } from '../model/longest-wait.ts';
import { parseGoDuration } from './go-duration.ts';
import { usageError } from './usage-error.ts';

const SHORTEST = 1000;

/** `--wait-window` without `--wait-limit`: what opens tomorrow night at the latest. */
export const DEFAULT_WAIT = (24 * 3_600_000) as Millis;

/** `--wait-limit`, in milliseconds. Throws a usage error unless it is a Go duration from 1s to 744h. */
export function waitLimit(input: string): Millis {
  const millis = parseGoDuration(input);
  if (millis !== null && millis >= SHORTEST && millis <= LONGEST_WAIT) return millis;
  throw usageError(
    'SP9001',
    `--wait-limit ${input}: not a duration from 1s to 744h`,
    'write a number with its unit, such as 8h or 90m',
  );
}
