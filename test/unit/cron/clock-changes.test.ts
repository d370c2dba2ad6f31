/** A time that clocks skip, and one that they show twice, in each dialect. */
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../src/cron/dialect.ts';
import { firstRuns } from '../../../src/cron/first-runs.ts';
import { openNextRuns } from '../../../src/cron/next-runs.ts';
import { readSchedule } from '../../../src/cron/read-schedule.ts';

describe.each([
  [
    '2026-03-28T12:00Z',
    '03-30T00:30 03-31T00:30',
    '03-29T01:00 03-30T00:30',
    '03-29T01:30 03-30T00:30',
  ],
  [
    '2026-10-24T12:00Z',
    '10-25T00:30 10-25T01:30',
    '10-25T00:30 10-26T01:30',
    '10-25T00:30 10-26T01:30',
  ],
])('30 2 * * * in Berlin after %s, where clocks skip it or show it twice', (from, ...expected) => {
  it.each(DIALECTS.map((dialect, at) => [dialect, expected[at]] as const))(
    'in %s',
    async (dialect, sentence) => {
      const reading = readSchedule('30 2 * * *', dialect);
      const schedules = reading.ok ? [reading.schedule] : [];
      const nextRuns = await openNextRuns(schedules);
      const request = { after: Date.parse(from), zone: 'Europe/Berlin' };
      const found = schedules.flatMap((one) => firstRuns(nextRuns(one, request), 2));
      const texts = found.map((run) => new Date(run).toISOString().slice(5, 16));
      expect(texts.join(' ')).toBe(sentence);
    },
  );
});
