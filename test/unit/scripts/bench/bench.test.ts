import { expect, test } from 'vitest';
import { makeBenchDirectory } from '../../../../scripts/bench/bench-files.ts';
import type { Row } from '../../../../scripts/bench/row.ts';
import { summarize } from '../../../../scripts/bench/summary.ts';
import { formatTable, verdict } from '../../../../scripts/bench/table.ts';

test.each([
  [[10, 9, 2], { median: 9, min: 2, max: 10 }],
  [[100, 1, 3, 2], { median: 2.5, min: 1, max: 100 }],
])('the median of %j is the middle of the numbers in order', (values, summary) => {
  expect(summarize(values)).toEqual(summary);
});

test('nothing measured has no median', () => {
  expect(() => summarize([])).toThrow('nothing was measured');
});

const subject = { median: 6, min: 5, max: 7 };
const floor = { median: 3, min: 2, max: 4 };
const row = (name: string, ratio: number, limit: number | null): Row => ({
  name,
  subject,
  floor,
  ratio,
  limit,
});

test('a ratio at its limit is held, one above is marked, and rows without a limit are not counted', () => {
  const rows = [row('at', 2, 2), row('above', 2.01, 2), row('told', 9, null)];
  const [, at, above, told] = formatTable(rows).split('\n');
  expect(at).toMatch(/^at .* 2\.00 +≤ 2\.0$/);
  expect(above).toMatch(/^above .* 2\.01 +OVER ≤ 2\.0$/);
  expect(told).toMatch(/ 9\.00$/);
  expect(verdict(rows)).toBe('bench: 1 of 2 limits held');
});

test('memory is refused as a disk', () => {
  expect(() => makeBenchDirectory('/dev/shm')).toThrow(/tmpfs, where fsync costs nothing.*--dir/);
});
