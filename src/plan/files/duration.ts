import type { Millis } from '../../model/brand.ts';

const UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Longest time that a check may take; Node's timers end at 24.8 days anyway. */
export const LONGEST_DURATION = 24 * 3_600_000;

/**
 * Milliseconds of a Go-style duration (`1m30s`, `500ms`, `1.5h`; Go's time.ParseDuration without sign, `us` and `ns`), rounded;
 * `null` when it is none.
 */
export function parseDuration(text: string): Millis | null {
  if (!/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/([0-9.]+)(ms|s|m|h)/g)) {
    total += Number(count) * (UNIT[unit ?? ''] ?? Number.NaN);
  }
  return Math.round(total) as Millis;
}
