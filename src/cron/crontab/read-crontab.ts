import type { ClockChange, CronFields, CronReading, CrontabSchedule } from '../cron-schedule.ts';
import type { FieldName } from '../dialect.ts';
import { problemAt, splitAt } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import { joined, readFields } from '../read-fields.ts';
import type { ReadField } from '../read-fields.ts';
import { shortcut, SHORTCUT_NAMES } from '../shortcuts.ts';
import { readRange } from './read-range.ts';

/** The fields of a crontab's line. Rules: cron 3.0pl1-162 of Debian, entry.c load_entry and get_list. */
export function readCrontab(source: string): CronReading {
  if (source.startsWith('@')) return readWord(source);
  const read = readFields(source, readField);
  if ('problems' in read) return { ok: false, problems: read.problems };
  return { ok: true, schedule: calendar(read.fields, changeOf(source)) };
}

function readWord(word: string): CronReading {
  if (word === '@reboot') return { ok: true, schedule: { kind: 'reboot' } };
  const fields = shortcut(word);
  if (fields !== null) return readCrontab(fields);
  const help = `it takes ${[...SHORTCUT_NAMES, '@reboot'].join(', ')}`;
  const message = `${JSON.stringify(word)} is no word of cron`;
  return { ok: false, problems: [problemAt({ text: word, column: 1 }, message, help)] };
}

function calendar(fields: CronFields, change: ClockChange): CrontabSchedule {
  return { kind: 'calendar', dialect: 'crontab', fields, change };
}

/** A job whose minute or hour begins with a star follows the clock; any other runs once for each time (cron.c find_jobs). */
function changeOf(source: string): ClockChange {
  const [minute = '', hour = ''] = source.trim().split(/\s+/);
  return minute.startsWith('*') || hour.startsWith('*') ? 'skip-and-repeat' : 'once';
}

/** A field counts as a star where its first character is one, whatever follows. */
function readField(name: FieldName, text: CronText): ReadField {
  const values: number[] = [];
  const problems: CronProblem[] = [];
  for (const part of splitAt(text, ',')) {
    const read = readRange(name, part);
    if ('problem' in read) problems.push(read.problem);
    else values.push(...read.values);
  }
  if (problems.length > 0) return { problems };
  const star = text.text.startsWith('*');
  return { field: joined([{ values, star }], star) };
}
