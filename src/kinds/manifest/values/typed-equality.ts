import { parseGoDuration } from '../../../model/go-duration.ts';
import { parseGoBoolean } from './go-scalars.ts';

/**
 * Whether two flag values mean the same to Go's parsers, as far as their text tells: exact text, booleans (strconv.ParseBool),
 * decimal integers, durations (time.ParseDuration). Lists are compared as text: their order can matter.
 */
export function sameFlagValue(a: string, b: string): boolean {
  if (a === b) return true;
  const [boolA, boolB] = [parseGoBoolean(a), parseGoBoolean(b)];
  if (boolA !== null && boolB !== null) return boolA === boolB;
  if (isInteger(a) && isInteger(b)) return BigInt(a) === BigInt(b);
  const [timeA, timeB] = [parseGoDuration(a), parseGoDuration(b)];
  return timeA !== null && timeB !== null && timeA === timeB;
}

/** No leading zeros: pflag reads integers with base 0, so 010 is eight. */
function isInteger(text: string): boolean {
  return /^-?(0|[1-9]\d*)$/.test(text);
}
