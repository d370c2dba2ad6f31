import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retained, type Dated } from '../../src/host/backups/retention.ts';
import type { RetentionRules } from '../../src/model/backup.ts';
import type { Millis, RunId } from '../../src/model/brand.ts';

const NOW = Date.parse('2026-03-17T12:34:56Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rules = fc.record({
  keepLast: fc.integer({ min: 1, max: 5 }),
  keepWithin: fc.integer({ min: 0, max: 10 * DAY }) as fc.Arbitrary<Millis>,
  hourly: fc.nat(5),
  daily: fc.nat(5),
  weekly: fc.nat(5),
  monthly: fc.nat(5),
});

const NONE: RetentionRules = {
  keepLast: 1,
  keepWithin: 0 as Millis,
  hourly: 0,
  daily: 0,
  weekly: 0,
  monthly: 0,
};

function snapshot(seq: number, time: number): Dated {
  return { seq, run: `R${seq}` as RunId, time: new Date(time).toISOString() };
}

/** Ages in milliseconds, any order, as seq 1, 2, 3… oldest first. */
const honest = fc
  .array(fc.integer({ min: 0, max: 400 * DAY }), { maxLength: 40 })
  .map((ages) => ages.toSorted((a, b) => b - a).map((age, i) => snapshot(i + 1, NOW - age)));

const jumping = fc
  .array(fc.integer({ min: -4000 * DAY, max: 4000 * DAY }), { maxLength: 25 })
  .map((ages) => ages.map((age, i) => snapshot(i + 1, NOW - age)));

/** The rules as a person would say them, for clocks that never jump. */
function oracle(all: readonly Dated[], wanted: RetentionRules): ReadonlySet<number> {
  const keep = new Set<number>();
  const later = (a: Dated): number => all.filter((b) => b.seq > a.seq).length;
  const labels: readonly (readonly [number, (d: Date) => string])[] = [
    [wanted.hourly, (d) => d.toISOString().slice(0, 13)],
    [wanted.daily, (d) => d.toISOString().slice(0, 10)],
    [wanted.weekly, mondayOf],
    [wanted.monthly, (d) => d.toISOString().slice(0, 7)],
  ];
  for (const one of all) {
    const age = NOW - Date.parse(one.time);
    if (later(one) < wanted.keepLast) keep.add(one.seq);
    if (wanted.keepWithin > 0 && age <= wanted.keepWithin) keep.add(one.seq);
    for (const [count, label] of labels) {
      const of = (s: Dated): string => label(new Date(s.time));
      const isNewest = !all.some((other) => other.seq > one.seq && of(other) === of(one));
      const laterPeriods = new Set(all.filter((o) => o.seq > one.seq).map(of));
      laterPeriods.delete(of(one));
      if (isNewest && laterPeriods.size < count) keep.add(one.seq);
    }
  }
  return keep;
}

function mondayOf(date: Date): string {
  const day = new Date(date);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

test('keeps exactly what any rule wants', () => {
  fc.assert(
    fc.property(honest, rules, (all, wanted) => {
      const kept = retained(all, wanted, NOW).map(({ seq }) => seq);
      expect(kept).toEqual([...oracle(all, wanted)].sort((a, b) => a - b));
      // A second prune removes nothing more.
      const left = all.filter(({ seq }) => kept.includes(seq));
      expect(retained(left, wanted, NOW)).toEqual(left);
    }),
    { numRuns: 500 },
  );
});

test('whatever clocks did: the newest stay, and the order in which snapshots are read does not matter', () => {
  fc.assert(
    fc.property(jumping, rules, (all, wanted) => {
      const kept = retained(all, wanted, NOW);
      const newest = all.slice(-wanted.keepLast).map(({ seq }) => seq);
      expect(kept.map(({ seq }) => seq)).toEqual(expect.arrayContaining(newest));
      expect(retained(all.toReversed(), wanted, NOW)).toEqual(kept);
    }),
    { numRuns: 500 },
  );
});

test('a clock that was set back makes nothing older than what was there before', () => {
  const all = [snapshot(1, NOW - HOUR), snapshot(2, 0), snapshot(3, NOW)];
  const wanted = { ...NONE, keepWithin: (2 * HOUR) as Millis };
  expect(retained(all, wanted, NOW).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('a snapshot from the future ages with the next one, and is not kept for ever', () => {
  const all = [snapshot(1, NOW + 3000 * DAY), snapshot(2, NOW - 30 * DAY), snapshot(3, NOW)];
  const wanted = { ...NONE, keepWithin: DAY as Millis };
  expect(retained(all, wanted, NOW).map(({ seq }) => seq)).toEqual([3]);
});

test('the newest stay by number alone, however old they are', () => {
  const all = [1, 2, 3, 4].map((seq) => snapshot(seq, NOW - (400 - seq) * DAY));
  expect(retained(all, { ...NONE, keepLast: 2 }, NOW).map(({ seq }) => seq)).toEqual([3, 4]);
});

test('ten thousand snapshots', () => {
  const all = Array.from({ length: 10_000 }, (_, i) => snapshot(i + 1, NOW - (10_000 - i) * HOUR));
  const wanted = { ...NONE, keepLast: 10, hourly: 24, daily: 30, weekly: 10, monthly: 12 };
  const kept = retained(all, wanted, NOW);
  expect(kept.length).toBeGreaterThan(60);
  expect(kept.length).toBeLessThan(90);
});
