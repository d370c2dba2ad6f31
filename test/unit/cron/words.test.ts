/** Schedules in words: truthful about what each dialect means, where cronstrue alone would not be. */
import { expect, it } from 'vitest';
import type { Dialect } from '../../../src/cron/dialect.ts';
import { readSchedule } from '../../../src/cron/read-schedule.ts';
import { describeSchedule } from '../../../src/cron/words/describe-schedule.ts';

async function words(text: string, dialect: Dialect): Promise<string> {
  const reading = readSchedule(text, dialect, { seed: 'backup' });
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('; '));
  return describeSchedule(reading.schedule);
}

const ROWS: readonly (readonly [Dialect, string, string])[] = [
  ['kubernetes', '0 3 * * *', 'At 03:00'],
  [
    'crontab',
    '*/15 9-17 * * 1-5',
    'Every 15 minutes, between 09:00 and 17:59, on Monday through Friday',
  ],
  ['crontab', '* * * * *', 'Every minute'],
  ['crontab', '0 * * * *', 'Every hour'],
  ['crontab', '0 0 * * 7', 'At 00:00, on Sunday'],
  ['crontab', '0 0 * * 0', 'At 00:00, on Sunday'],
  ['crontab', '0 0 * * 6-7', 'At 00:00, on Sunday and Saturday'],
  ['crontab', '0 0 * * 5-7', 'At 00:00, on Friday through Sunday'],
  // cronstrue: "on day 1 of the month, and on Monday".
  ['crontab', '0 0 1 * 1', 'At 00:00, on day 1 of the month or on Monday'],
  ['kubernetes', '0 0 1 * 1', 'At 00:00, on day 1 of the month or on Monday'],
  // The star with a step is a star to cron, and none to Kubernetes; to neither it is "every 2 days".
  [
    'crontab',
    '0 0 */2 * 1',
    'At 00:00, on every 2nd day from 1 through 31 of the month if that is Monday',
  ],
  [
    'kubernetes',
    '0 0 */2 * 1',
    'At 00:00, on every 2nd day from 1 through 31 of the month or on Monday',
  ],
  [
    'extended',
    '0 0 */2 * 1',
    'At 00:00, on every 2nd day from 1 through 31 of the month or on Monday',
  ],
  [
    'crontab',
    '0 0 */2 * 1,3',
    'At 00:00, on every 2nd day from 1 through 31 of the month if that is Monday or Wednesday',
  ],
  ['kubernetes', '0 0 */2 * *', 'At 00:00, on every 2nd day from 1 through 31 of the month'],
  // Either of them, and one is every day.
  ['kubernetes', '0 0 1-31 * 1', 'At 00:00'],
  ['crontab', '0 0 1-31 * 1', 'At 00:00'],
  // A step that does not come out even.
  ['kubernetes', '*/7 * * * *', 'At every 7th minute from 0 through 56 of every hour'],
  ['kubernetes', '*/7 3,4 * * *', 'At every 7th minute from 0 through 56 of hours 3 and 4'],
  ['kubernetes', '*/61 * * * *', 'Every hour'],
  ['kubernetes', '0 */5 * * *', 'At minute 0 of every 5th hour from 0 through 20'],
  ['kubernetes', '5/15 * * * *', 'At 5, 20, 35, and 50 minutes past the hour'],
  [
    'kubernetes',
    '0 0 1,15 */3 *',
    'At 00:00, on days 1 and 15 of the month, only in January, April, July, and October',
  ],
  ['kubernetes', '0 0 * 6-8 *', 'At 00:00, June through August'],
  ['kubernetes', '1,,2 0 * * MON,', 'At 00:01 and 00:02, on Monday'],
  // cronstrue: "at 0 and 30 minutes past the hour, at 02:00", and the like.
  ['crontab', '*/30 2 * * *', 'At 02:00 and 02:30'],
  ['crontab', '0,30 2,5 * * *', 'At 02:00, 02:30, 05:00 and 05:30'],
  ['crontab', '0,30 2,5,9 * * *', 'At minutes 0 and 30 of hours 2, 5 and 9'],
  ['crontab', '*/10 2,5 * * *', 'At every 10th minute from 0 through 50 of hours 2 and 5'],
  ['crontab', '* 2,5 * * *', 'At every minute of hours 2 and 5'],
  ['crontab', '*/30 */2 * * *', 'At minutes 0 and 30 of every 2nd hour from 0 through 22'],
  ['crontab', '*/10 2 * * *', 'Every 10 minutes, between 02:00 and 02:59'],
  ['crontab', '0 */2 * * *', 'On the hour, every 2 hours'],
  ['extended', '*/10 0 2 * * *', 'At every 10th second from 0 through 50 of minute 0 of hour 2'],
  ['kubernetes', '@every 1h30m', 'Every 1h30m, counted from the last time'],
  ['kubernetes', '@midnight', 'At 00:00'],
  ['crontab', '@reboot', 'When cron starts with the machine'],
  ['crontab', '@weekly', 'At 00:00, on Sunday'],
  ['extended', '30 0 3 * * *', 'At 03:00:30'],
  ['extended', '*/10 * * * * *', 'Every 10 seconds'],
  ['extended', '0 0 L * *', 'At 00:00, on the last day of the month'],
  ['extended', '0 0 15,L * *', 'At 00:00, on day 15 of the month and on the last day of the month'],
  ['extended', '0 0 * * 5L', 'At 00:00, on the last Friday of the month'],
  ['extended', '0 0 * * 1,5L', 'At 00:00, on Monday and the last Friday of the month'],
  ['extended', '0 0 * * 1#2', 'At 00:00, on the second Monday of the month'],
  ['extended', '0 0 L * 1', 'At 00:00, on the last day of the month or on Monday'],
  ['extended', 'H H * * *', 'At 07:30'],
  ['extended', '@weekdays', 'At 00:00, on Monday through Friday'],
];

it.each(ROWS)('%s %s', async (dialect, text, sentence) => {
  expect(await words(text, dialect)).toBe(sentence);
});
