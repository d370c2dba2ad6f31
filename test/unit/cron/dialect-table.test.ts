/**
 * KUBERNETES.md §8 as a table: what CronJobs, Debian's cron and cron-parser take of the same text, what is said where of what they do not,
 * and when they fire where it means something else to one of them.
 */
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../src/cron/dialect.ts';
import type { Dialect } from '../../../src/cron/dialect.ts';
import { openNextRuns } from '../../../src/cron/next-runs.ts';
import { readSchedule } from '../../../src/cron/read-schedule.ts';

const AFTER = Date.parse('2026-01-01T00:00:00Z');

/** `ok` and its next two runs after New Year 2026 in UTC, or problems as `column: message (help)`. */
async function told(text: string, dialect: Dialect): Promise<string> {
  const reading = readSchedule(text, dialect, { seed: 'backup' });
  if (!reading.ok) {
    return reading.problems
      .map(
        ({ column, message, help }) => `${column}: ${message}${help === null ? '' : ` (${help})`}`,
      )
      .join('; ');
  }
  const nextRuns = await openNextRuns([reading.schedule]);
  const found: string[] = [];
  for (const run of nextRuns(reading.schedule, { after: AFTER, zone: 'UTC' })) {
    found.push(new Date(run).toISOString().slice(5, 19).replace('T', ' '));
    if (found.length === 2) break;
  }
  return found.length === 0 ? 'ok: never' : `ok: ${found.join(', ')}`;
}

const FIELDS = 'write minute, hour, day of month, month, day of week';
const EXTENDED = 'write second (may be left out), minute, hour, day of month, month, day of week';
const WORDS = '@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly';
const KUBERNETES_WORDS = `it takes ${WORDS} and @every 1h30m`;
const CRON_WORDS = `it takes ${WORDS}, @reboot`;
const OTHER = 'that is of the dialect extended, or of Quartz';

type Row = readonly [text: string, kubernetes: string, crontab: string, extended: string];

const ROWS: readonly Row[] = [
  [
    '0 3 * * *',
    'ok: 01-01 03:00:00, 01-02 03:00:00',
    'ok: 01-01 03:00:00, 01-02 03:00:00',
    'ok: 01-01 03:00:00, 01-02 03:00:00',
  ],
  [
    '',
    `1: there is no schedule (${FIELDS})`,
    `1: there is no schedule (${FIELDS})`,
    `1: there is no schedule (${EXTENDED})`,
  ],
  [
    '*',
    `1: it has 1 field, not 5 (${FIELDS})`,
    `1: it has 1 field, not 5 (${FIELDS})`,
    `1: it has 1 field, not 5 or 6 (${EXTENDED})`,
  ],
  [
    '* * *',
    `1: it has 3 fields, not 5 (${FIELDS})`,
    `1: it has 3 fields, not 5 (${FIELDS})`,
    `1: it has 3 fields, not 5 or 6 (${EXTENDED})`,
  ],
  [
    '0 0 3 * *',
    'ok: 01-03 00:00:00, 02-03 00:00:00',
    'ok: 01-03 00:00:00, 02-03 00:00:00',
    'ok: 01-03 00:00:00, 02-03 00:00:00',
  ],
  [
    '0 0 3 * * *',
    `11: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
    `11: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
    'ok: 01-01 03:00:00, 01-02 03:00:00',
  ],
  [
    '0 0 3 1 1 * 2026',
    `11: it has 7 fields, not 5 (${FIELDS})`,
    `11: it has 7 fields, not 5 (${FIELDS})`,
    `13: it has 7 fields, not 5 or 6 (a year is of Quartz, and cron-parser has it not; ${EXTENDED})`,
  ],
  [
    '0 0 * * 7',
    '9: 7 is out of range: the day of week goes from 0 to 6 (Sunday is 0 here)',
    'ok: 01-04 00:00:00, 01-11 00:00:00',
    'ok: 01-04 00:00:00, 01-11 00:00:00',
  ],
  [
    '0 0 * feb-MAR Mon,wed',
    'ok: 02-02 00:00:00, 02-04 00:00:00',
    'ok: 02-02 00:00:00, 02-04 00:00:00',
    'ok: 02-02 00:00:00, 02-04 00:00:00',
  ],
  [
    '0 0 */2 * 1',
    'ok: 01-03 00:00:00, 01-05 00:00:00',
    'ok: 01-05 00:00:00, 01-19 00:00:00',
    'ok: 01-03 00:00:00, 01-05 00:00:00',
  ],
  [
    '*/61 * * * *',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
  ],
  [
    '5/15 * * * *',
    'ok: 01-01 00:05:00, 01-01 00:20:00',
    '1: "5/15" has a step and no range, which cron refuses (write 5-59/15)',
    'ok: 01-01 00:05:00, 01-01 00:20:00',
  ],
  [
    '0 0 ? * 1',
    'ok: 01-05 00:00:00, 01-12 00:00:00',
    '5: "?" is no value of the day of month (write * for ?)',
    'ok: 01-05 00:00:00, 01-12 00:00:00',
  ],
  [
    '0 0 L * *',
    '5: "L" is no value of the day of month',
    '5: "L" is no value of the day of month',
    'ok: 01-31 00:00:00, 02-28 00:00:00',
  ],
  [
    '0 0 * * 1#2',
    '9: "1#2" is no value of the day of week',
    `10: cron stops behind 1 and skips "#2" (${OTHER})`,
    'ok: 01-12 00:00:00, 02-09 00:00:00',
  ],
  [
    '0 0 * * 5L',
    '9: "5L" is no value of the day of week',
    '9: "5L" is no value of the day of week',
    'ok: 01-30 00:00:00, 02-27 00:00:00',
  ],
  [
    'H 0 * * *',
    '1: "H" is no value of the minute',
    '1: "H" is no value of the minute',
    'ok: 01-01 00:30:00, 01-02 00:30:00',
  ],
  [
    '0 0 15W * *',
    '5: "15W" is no value of the day of month',
    '5: "15W" is no value of the day of month',
    '5: "15W" is no value of the day of month (the nearest weekday (W) is of Quartz, and cron-parser has it not)',
  ],
  [
    '0 5-1 * * *',
    '3: 5-1 ends before it begins (write it as two ranges)',
    '3: 5-1 ends before it begins, and cron takes it for never (write it as two ranges)',
    '3: 5-1 ends before it begins (write it as two ranges)',
  ],
  [
    '1,,2 * * * *',
    'ok: 01-01 00:01:00, 01-01 00:02:00',
    '3: "" is no value of the minute (take the comma away)',
    '3: "" is no value of the minute (take the comma away)',
  ],
  [
    '0 0 * * MON,',
    'ok: 01-05 00:00:00, 01-12 00:00:00',
    '13: "" is no value of the day of week (take the comma away)',
    '13: "" is no value of the day of week (take the comma away)',
  ],
  [
    '+1 * * * *',
    'ok: 01-01 00:01:00, 01-01 01:01:00',
    '1: "+1" is no value of the minute',
    '1: "+1" is no value of the minute (leave the sign out)',
  ],
  ['0 0 31 2 *', 'ok: never', 'ok: never', '5: no such month has a day 31: it never fires'],
  [
    '@yearly',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
  ],
  [
    '@annually',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
    'ok: 01-01 00:00:00, 01-01 00:00:00',
  ],
  [
    '@monthly',
    'ok: 02-01 00:00:00, 03-01 00:00:00',
    'ok: 02-01 00:00:00, 03-01 00:00:00',
    'ok: 02-01 00:00:00, 03-01 00:00:00',
  ],
  [
    '@weekly',
    'ok: 01-04 00:00:00, 01-11 00:00:00',
    'ok: 01-04 00:00:00, 01-11 00:00:00',
    'ok: 01-04 00:00:00, 01-11 00:00:00',
  ],
  [
    '@daily',
    'ok: 01-02 00:00:00, 01-03 00:00:00',
    'ok: 01-02 00:00:00, 01-03 00:00:00',
    'ok: 01-02 00:00:00, 01-03 00:00:00',
  ],
  [
    '@hourly',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
    'ok: 01-01 01:00:00, 01-01 02:00:00',
  ],
  [
    '@midnight',
    'ok: 01-02 00:00:00, 01-03 00:00:00',
    'ok: 01-02 00:00:00, 01-03 00:00:00',
    '1: "@midnight" is no word of cron-parser (write @daily)',
  ],
  [
    '@every 1h30m',
    'ok: 01-01 01:30:00, 01-01 03:00:00',
    `1: "@every 1h30m" is no word of cron (${CRON_WORDS})`,
    '1: "@every 1h30m" is no word of cron-parser (a distance is of the dialect kubernetes; write a step, such as */30 * * * *)',
  ],
  [
    '@reboot',
    `1: "@reboot" is no word of Kubernetes (${KUBERNETES_WORDS})`,
    'ok: never',
    '1: "@reboot" is no word of cron-parser (the start of the machine is of the dialect crontab)',
  ],
  [
    '@minutely',
    `1: "@minutely" is no word of Kubernetes (${KUBERNETES_WORDS})`,
    `1: "@minutely" is no word of cron (${CRON_WORDS})`,
    'ok: 01-01 00:01:00, 01-01 00:02:00',
  ],
  [
    '@weekdays',
    `1: "@weekdays" is no word of Kubernetes (${KUBERNETES_WORDS})`,
    `1: "@weekdays" is no word of cron (${CRON_WORDS})`,
    'ok: 01-02 00:00:00, 01-05 00:00:00',
  ],
  [
    'TZ=UTC 0 3 * * *',
    '1: a zone does not go before the fields (say the zone in timeZone)',
    `16: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
    '1: "TZ=UTC" is no value of the second',
  ],
  [
    'CRON_TZ=UTC 0 3 * * *',
    '1: a zone does not go before the fields (say the zone in timeZone)',
    `21: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
    '1: "CRON_TZ=UTC" is no value of the second',
  ],
];

describe.each(ROWS)('%j', (text, ...expected) => {
  it.each(DIALECTS.map((dialect, at) => [dialect, expected[at]] as const))(
    'in %s',
    async (dialect, sentence) => {
      expect(await told(text, dialect)).toBe(sentence);
    },
  );
});

async function firstRun(seed: string): Promise<number | undefined> {
  const reading = readSchedule('H H * * *', 'extended', { seed });
  if (!reading.ok) throw new Error('refused');
  const nextRuns = await openNextRuns([reading.schedule]);
  const [run] = nextRuns(reading.schedule, { after: AFTER, zone: 'UTC' });
  return run;
}

describe('H', () => {
  it('is refused where nobody has it, as cron-parser would choose anew each time', () => {
    expect(readSchedule('0 H * * *', 'extended')).toEqual({
      ok: false,
      problems: [
        {
          column: 3,
          length: 1,
          message: 'H is chosen by the key of an entry, and this schedule has none',
          help: 'write a value',
        },
      ],
    });
  });

  it('is the same each time for one entry, and another for another one', async () => {
    expect(await firstRun('backup')).toBe(await firstRun('backup'));
    expect(await firstRun('backup')).not.toBe(await firstRun('prune'));
  });
});
