import { describe, expect, it } from 'vitest';
import type { CronSchedule } from '../../../src/cron/cron-schedule.ts';
import type { Dialect } from '../../../src/cron/dialect.ts';
import { openNextRuns } from '../../../src/cron/next-runs.ts';
import type { NextRuns } from '../../../src/cron/next-runs.ts';
import { readSchedule } from '../../../src/cron/read-schedule.ts';
import { crowdedMinute } from '../../../src/cron/warnings/crowded-minute.ts';
import { firstDifference } from '../../../src/cron/warnings/first-difference.ts';
import { neverFires } from '../../../src/cron/warnings/never-fires.ts';
import { moreOftenThan } from '../../../src/cron/warnings/shortest-distance.ts';

const FROM = Date.parse('2026-01-01T00:00:00Z');
const DAY = 86_400_000;

function read(text: string, dialect: Dialect = 'extended'): CronSchedule {
  const reading = readSchedule(text, dialect, { seed: 'backup' });
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('; '));
  return reading.schedule;
}

function all(): Promise<NextRuns> {
  return openNextRuns([read('* * * * *')]);
}

const UTC = { after: FROM, zone: 'UTC' };

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}

it.each([
  ['0 0 31 2 *', 'kubernetes', true],
  ['0 0 29 2 *', 'kubernetes', false],
  ['0 0 30 2 *', 'crontab', true],
  ['0 0 30 2 *', 'kubernetes', true],
  ['0 0 30 2 1', 'crontab', false],
  ['@reboot', 'crontab', false],
  ['0 0 29 2 *', 'extended', false],
] as const)('%s of %s never fires: %s', async (text, dialect, never) => {
  expect(neverFires(read(text, dialect), await all(), UTC)).toBe(never);
});

it.each([
  ['*/5 * * * *', 5, null],
  ['*/5 * * * *', 6, '2026-01-01T00:00'],
  ['*/7 * * * *', 5, '2026-01-01T00:56'],
  ['0,59 0,23 * * *', 10, '2026-01-01T23:59'],
  ['0 0 * * *', 60, null],
  ['*/30 * * * * *', 1, '2026-01-01T00:00'],
  ['1,2 0 1 1 *', 5, '2026-01-01T00:01'],
  // The rest of the day tells nothing, the next day that it fires on does.
  ['0,58 3,4,22 * * 4', 5, '2026-01-01T03:58'],
] as const)('%s fires more often than every %i minutes first at %s', async (text, minutes, at) => {
  const found = moreOftenThan(
    minutes * 60_000,
    { schedule: read(text), zone: 'UTC' },
    await all(),
    FROM,
  );
  expect(iso(found?.first ?? null)).toBe(at);
});

it('is found on a later day where only the end of the first one is seen', async () => {
  const weekly = { schedule: read('0,58 3,4,22 * * 4'), zone: 'UTC' };
  const found = moreOftenThan(5 * 60_000, weekly, await all(), FROM + DAY / 2);
  expect(iso(found?.first ?? null)).toBe('2026-01-08T03:58');
});

it('is looked for in a few runs of a schedule that fires seldom', async () => {
  const runs = await all();
  let count = 0;
  const counted: NextRuns = function* counted(schedule, request) {
    for (const run of runs(schedule, request)) {
      count += 1;
      yield run;
    }
  };
  const weekly = { schedule: read('0 3 * * 1', 'crontab'), zone: 'UTC' };
  expect(moreOftenThan(60_000, weekly, counted, FROM)).toBeNull();
  expect(count).toBe(3);
});

describe('a crowded minute', () => {
  const three = ['0 3 * * *', '*/30 * * * *', '0 0,3 * * *', '30 7 * * *'].map((text, at) => ({
    name: `job ${at + 1}`,
    schedule: read(text),
    zone: 'UTC',
  }));

  it('is the first in which the most fire, with who does', async () => {
    const crowd = { most: 1, from: FROM, until: FROM + DAY };
    const found = crowdedMinute(three, await all(), crowd);
    expect(iso(found?.at ?? null)).toBe('2026-01-01T03:00');
    expect(found?.names).toEqual(['job 1', 'job 2', 'job 3']);
  });

  it('is none where no more fire than may', async () => {
    const crowd = { most: 3, from: FROM, until: FROM + DAY };
    expect(crowdedMinute(three, await all(), crowd)).toBeNull();
  });

  it('is asked for among those in which some fire', async () => {
    const [, often] = three;
    const last = three.slice(3);
    const crowd = { most: 1, from: FROM, until: FROM + DAY };
    const runs = await all();
    expect(crowdedMinute(three, runs, { ...crowd, most: 2, touched: last })).toBeNull();
    const found = crowdedMinute(three, runs, { ...crowd, touched: last });
    expect([iso(found?.at ?? null), found?.names]).toEqual([
      '2026-01-01T07:30',
      ['job 2', 'job 4'],
    ]);
    const half = often === undefined ? [] : [often];
    expect(crowdedMinute(three, runs, { ...crowd, touched: half })?.names).toHaveLength(3);
  });

  it('counts an entry once that fires at several seconds of it', async () => {
    const one = [{ name: 'each', schedule: read('*/10 * * * * *'), zone: 'UTC' }];
    const crowd = { most: 1, from: FROM, until: FROM + DAY };
    expect(crowdedMinute(one, await all(), crowd)).toBeNull();
  });

  it('is by instants: entries of several zones meet', async () => {
    const two = [
      { name: 'utc', schedule: read('0 3 * * *'), zone: 'UTC' },
      { name: 'berlin', schedule: read('0 4 * * *'), zone: 'Europe/Berlin' },
    ];
    const crowd = { most: 1, from: FROM, until: FROM + DAY };
    expect(crowdedMinute(two, await all(), crowd)?.names).toEqual(['utc', 'berlin']);
  });
});

describe('the same text elsewhere', () => {
  it('differs by the zone', async () => {
    const schedule = read('0 3 * * *');
    const found = firstDifference(
      { schedule, zone: 'UTC' },
      { schedule, zone: 'Europe/Berlin' },
      await all(),
      FROM,
    );
    expect([found?.before, found?.after].map((at) => iso(at ?? null))).toEqual([
      '2026-01-01T03:00',
      '2026-01-01T02:00',
    ]);
  });

  it('differs by the dialect, which puts days together in another way', async () => {
    const text = '0 0 */2 * 1';
    const found = firstDifference(
      { schedule: read(text, 'crontab'), zone: 'UTC' },
      { schedule: read(text, 'kubernetes'), zone: 'UTC' },
      await all(),
      FROM,
    );
    expect([found?.before, found?.after].map((at) => iso(at ?? null))).toEqual([
      '2026-01-05T00:00',
      '2026-01-03T00:00',
    ]);
  });

  it('is the same where the dialects agree', async () => {
    const text = '0 3 * * 1-5';
    const [before, after] = (['crontab', 'extended'] as const).map((dialect) => ({
      schedule: read(text, dialect),
      zone: 'UTC',
    }));
    expect(before && after && firstDifference(before, after, await all(), FROM)).toBeNull();
  });
});
