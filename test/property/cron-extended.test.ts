/** What the guards in front of cron-parser take, it takes, too, and fires when it says itself. */
import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronParserRuns } from '../../src/cron/extended/cron-parser.ts';
import { readSchedule } from '../../src/cron/read-schedule.ts';
import { runs } from './runs.ts';

const SEED = 'backup';

function part(first: number, last: number): fc.Arbitrary<string> {
  const value = fc.integer({ min: first, max: last }).map(String);
  const step = fc.integer({ min: 1, max: last + 2 }).map(String);
  const range = fc
    .tuple(value, value)
    .map(([a, b]) => (Number(a) <= Number(b) ? `${a}-${b}` : `${b}-${a}`));
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant('*') },
    { weight: 8, arbitrary: value },
    range,
    fc.tuple(fc.oneof(fc.constant('*'), value, range), step).map(([a, b]) => `${a}/${b}`),
    fc.constantFrom(
      '?',
      'H',
      'L',
      '5L',
      '1#2',
      'H(1-5)',
      'H/3',
      'H(0-7)/7',
      'x',
      '',
      '15W',
      'fri',
      'jan-mar',
      'L-1',
      'H,3',
      '*-2',
    ),
  );
}

function field(first: number, last: number): fc.Arbitrary<string> {
  return fc
    .array(part(first, last), { minLength: 1, maxLength: 2, size: 'xsmall' })
    .map((parts) => parts.join(','));
}

const EXPRESSION = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant('') }, field(0, 59)),
    field(0, 59),
    fc.oneof(field(0, 23), field(1, 3)),
    field(1, 31),
    field(1, 12),
    field(0, 7),
  )
  .map((fields) => fields.join(' ').trim());

function theirs(expression: string, after: number, tz: string, count: number): readonly number[] {
  const options = { hashSeed: SEED, currentDate: after, tz };
  return CronExpressionParser.parse(expression, options)
    .take(count)
    .map((run) => run.getTime());
}

function ours(expression: string, after: number, zone: string, count: number): readonly number[] {
  const found: number[] = [];
  for (const run of cronParserRuns({ expression, seed: SEED }, after, zone)) {
    found.push(run);
    if (found.length === count) break;
  }
  return found;
}

it('is taken by cron-parser where the guards take it', () => {
  fc.assert(
    fc.property(EXPRESSION, fc.constantFrom(SEED, 'a', 'prune', 'x-9'), (expression, seed) => {
      const reading = readSchedule(expression, 'extended', { seed });
      fc.pre(reading.ok);
      const parse = () => CronExpressionParser.parse(expression, { hashSeed: seed, tz: 'UTC' });
      expect(parse).not.toThrow();
    }),
    runs(150),
  );
});

describe.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
  'in %s',
  (zone) => {
    it('fires when cron-parser says', () => {
      const from = fc
        .tuple(
          fc.constantFrom(
            '2026-03-06',
            '2026-03-27',
            '2026-04-03',
            '2026-10-24',
            '2026-10-30',
            '2026-06-01',
          ),
          fc.nat(3 * 86_400),
        )
        .map(([day, seconds]) => Date.parse(`${day}T00:00:00Z`) + seconds * 1000);
      fc.assert(
        fc.property(EXPRESSION, from, (expression, after) => {
          fc.pre(readSchedule(expression, 'extended', { seed: SEED }).ok);
          const found = ours(expression, after, zone, 4);
          const expected = theirs(expression, after, zone, 4);
          // cron-parser gives up after 10,000 steps.
          expect(found.slice(0, expected.length)).toEqual(expected);
        }),
        runs(15),
      );
    });
  },
);
