import type { Millis } from './brand.ts';

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A duration as people type it: `10m`, `1m30s`. Whole seconds; `0s` for less than one. */
export function durationText(millis: Millis | number): string {
  let left = Math.max(0, Math.floor(millis / 1000) * 1000);
  const parts: string[] = [];
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${String(count)}${name}`);
    left -= count * size;
  }
  return parts.length === 0 ? '0s' : parts.join('');
}
