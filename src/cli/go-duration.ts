import type { Millis } from '../model/brand.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a Go duration (`300ms`, `5s`, `1m30s`; Go's time.ParseDuration without signs and sub-millisecond units),
 * `null` when it is none. `0` needs no unit.
 */
export function parseGoDuration(text: string): Millis | null {
  if (text === '0') return 0 as Millis;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return null;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sum += Number(number) * (UNITS[unit ?? ''] ?? 0);
  }
  return Number.isSafeInteger(Math.round(sum)) ? (Math.round(sum) as Millis) : null;
}
