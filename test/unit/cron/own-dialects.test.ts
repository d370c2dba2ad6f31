/** What Kubernetes (robfig/cron v3.0.1) and Debian's cron (3.0pl1-162) take and refuse, with what is said and where. */
import { describe, expect, it } from 'vitest';
import type { CronReading } from '../../../src/cron/cron-schedule.ts';
import { dayRule } from '../../../src/cron/cron-schedule.ts';
import { readCrontab } from '../../../src/cron/crontab/read-crontab.ts';
import type { FieldName } from '../../../src/cron/dialect.ts';
import { readKubernetes } from '../../../src/cron/kubernetes/read-kubernetes.ts';

/** Problems as `column: message (help)`; `ok` where there are none. */
function told(reading: CronReading): string {
  if (reading.ok) return 'ok';
  return reading.problems
    .map(({ column, message, help }) => `${column}: ${message}${help === null ? '' : ` (${help})`}`)
    .join('; ');
}

function values(reading: CronReading, field: FieldName): readonly number[] {
  if (!reading.ok || reading.schedule.kind !== 'calendar') throw new Error(told(reading));
  return reading.schedule.fields[field].values;
}

function rule(reading: CronReading): string {
  if (!reading.ok || reading.schedule.kind !== 'calendar') throw new Error(told(reading));
  return dayRule(reading.schedule.fields);
}

const FIELDS = 'write minute, hour, day of month, month, day of week';
const WORDS = '@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly';
const OTHER = 'that is of the dialect extended, or of Quartz';

const ROWS: readonly (readonly [text: string, kubernetes: string, crontab: string])[] = [
  ['0 3 * * *', 'ok', 'ok'],
  ['', `1: there is no schedule (${FIELDS})`, `1: there is no schedule (${FIELDS})`],
  ['* * *', `1: it has 3 fields, not 5 (${FIELDS})`, `1: it has 3 fields, not 5 (${FIELDS})`],
  [
    '0 0 3 * * *',
    `11: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
    `11: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
  ],
  ['0 0 * * 7', '9: 7 is out of range: the day of week goes from 0 to 6 (Sunday is 0 here)', 'ok'],
  ['0 0 * jan-mar MON,wed', 'ok', 'ok'],
  ['*/61 * * * *', 'ok', 'ok'],
  ['5/15 * * * *', 'ok', '1: "5/15" has a step and no range, which cron refuses (write 5-59/15)'],
  ['0 0 ? * 1', 'ok', '5: "?" is no value of the day of month (write * for ?)'],
  ['0 0 L * *', '5: "L" is no value of the day of month', '5: "L" is no value of the day of month'],
  [
    '0 0 * * 1#2',
    '9: "1#2" is no value of the day of week',
    `10: cron stops behind 1 and skips "#2" (${OTHER})`,
  ],
  ['H 0 * * *', '1: "H" is no value of the minute', '1: "H" is no value of the minute'],
  [
    '0 0 15W * *',
    '5: "15W" is no value of the day of month',
    '5: "15W" is no value of the day of month',
  ],
  [
    '0 5-1 * * *',
    '3: 5-1 ends before it begins (write it as two ranges)',
    '3: 5-1 ends before it begins, and cron takes it for never (write it as two ranges)',
  ],
  ['1,,2 * * * *', 'ok', '3: "" is no value of the minute (take the comma away)'],
  ['0 0 * * MON,', 'ok', '13: "" is no value of the day of week (take the comma away)'],
  ['+1 * * * *', 'ok', '1: "+1" is no value of the minute'],
  ['0 0 31 2 *', 'ok', 'ok'],
  ['@midnight', 'ok', 'ok'],
  ['@hourly', 'ok', 'ok'],
  ['@every 1h30m', 'ok', `1: "@every 1h30m" is no word of cron (it takes ${WORDS}, @reboot)`],
  [
    '@every 90',
    '8: "90" is no duration (write it with units: 1h30m)',
    `1: "@every 90" is no word of cron (it takes ${WORDS}, @reboot)`,
  ],
  [
    '@every -5m',
    '8: -5m is less than a second (write 1s or more)',
    `1: "@every -5m" is no word of cron (it takes ${WORDS}, @reboot)`,
  ],
  ['@reboot', `1: "@reboot" is no word of Kubernetes (it takes ${WORDS} and @every 1h30m)`, 'ok'],
  [
    '@minutely',
    `1: "@minutely" is no word of Kubernetes (it takes ${WORDS} and @every 1h30m)`,
    `1: "@minutely" is no word of cron (it takes ${WORDS}, @reboot)`,
  ],
  [
    '@Daily',
    `1: "@Daily" is no word of Kubernetes (it takes ${WORDS} and @every 1h30m)`,
    `1: "@Daily" is no word of cron (it takes ${WORDS}, @reboot)`,
  ],
  [
    'CRON_TZ=UTC 0 3 * * *',
    '1: a zone does not go before the fields (say the zone in timeZone)',
    `21: it has 6 fields, not 5 (seconds are only in the dialect extended; ${FIELDS})`,
  ],
  [
    '*/0 * * * *',
    '3: "0" is no step: it takes 1 or more',
    '1: "*/0" has the step 0 (it takes 1 or more)',
  ],
  [
    '1-2-3 * * * *',
    '1: "1-2-3" has more than one hyphen',
    '4: cron stops behind 1-2 and skips "-3"',
  ],
  [
    '*/2/3 * * * *',
    '1: "*/2/3" has more than one slash',
    '4: cron stops behind */2 and skips "/3"',
  ],
  ['*-5 * * * *', '1: "*-5" is no range: * has no end', '2: cron stops behind * and skips "-5"'],
  [
    ', 0 * * *',
    '1: the minute has no value (write * or values from 0 to 59)',
    '1: "" is no value of the minute (take the comma away); 2: "" is no value of the minute (take the comma away)',
  ],
  [
    '60 24 0 13 8',
    '1: 60 is out of range: the minute goes from 0 to 59; 4: 24 is out of range: the hour goes from 0 to 23; 7: 0 is out of range: the day of month goes from 1 to 31; 9: 13 is out of range: the month goes from 1 to 12; 12: 8 is out of range: the day of week goes from 0 to 6',
    '1: 60 is out of range: the minute goes from 0 to 59; 4: 24 is out of range: the hour goes from 0 to 23; 7: 0 is out of range: the day of month goes from 1 to 31; 9: 13 is out of range: the month goes from 1 to 12; 12: 8 is out of range: the day of week goes from 0 to 7',
  ],
];

describe.each(ROWS)('%j', (text, kubernetes, crontab) => {
  it('in Kubernetes', () => {
    expect(told(readKubernetes(text))).toBe(kubernetes);
  });

  it('in a crontab', () => {
    expect(told(readCrontab(text))).toBe(crontab);
  });
});

describe('what an expression means', () => {
  it('is a range to the end for a step behind one value in Kubernetes', () => {
    expect(values(readKubernetes('5/15 * * * *'), 'minute')).toEqual([5, 20, 35, 50]);
    expect(values(readKubernetes('*/61 * * * *'), 'minute')).toEqual([0]);
  });

  it('is Sunday for 7 in a crontab, also at the end of a range', () => {
    expect(values(readCrontab('0 0 * * fri-7'), 'day of week')).toEqual([0, 5, 6]);
  });

  it('puts days together or not: a star with a step counts as one in a crontab only', () => {
    expect(rule(readKubernetes('0 0 */2 * 1'))).toBe('either');
    expect(rule(readCrontab('0 0 */2 * 1'))).toBe('both');
    expect(rule(readKubernetes('0 0 1 * ?'))).toBe('both');
    expect(rule(readKubernetes('0 0 1,* * 1'))).toBe('both');
    expect(rule(readCrontab('0 0 1,* * 1'))).toBe('either');
    expect(rule(readCrontab('0 0 1 * 1'))).toBe('either');
  });

  it('is a distance or the start of the machine for words that are no times', () => {
    expect(readKubernetes('@every 1h30m1.5s')).toEqual({
      ok: true,
      schedule: { kind: 'every', seconds: 5401 },
    });
    expect(readCrontab('@reboot')).toEqual({ ok: true, schedule: { kind: 'reboot' } });
  });
});
