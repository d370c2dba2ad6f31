import type { Dialect } from '../../cron/dialect.ts';
import { environmentSetting } from '../../kinds/crontab/environment-line.ts';
import { markerIn } from '../../kinds/crontab/marker.ts';
import { unreadEntry } from './schedule-entry.ts';
import type { FoundEntries, ScheduleEntry, UnreadEntry } from './schedule-entry.ts';

const LINE = /^([ \t]*)(@[^\s]+|(?:[^\s]+[ \t]+){4}[^\s]+)[ \t]+([^\s].*)$/;
const LONGEST_NAME = 60;

/**
 * The jobs of a crontab, with a user field or without: what follows the fields is only shown. Lines of comments and of the environment
 * are passed over, as cron does it; a line without fields and a command is no entry that can be taken, and none at all where no line is one.
 */
export function crontabEntries(text: string, dialect: Dialect): FoundEntries {
  const entries: ScheduleEntry[] = [];
  const unread: UnreadEntry[] = [];
  const lines = text.split(/\r\n|\n/);
  for (const [index, line] of lines.entries()) {
    const rest = line.replace(/^[ \t]+/, '');
    if (rest.trim() === '' || rest.startsWith('#') || environmentSetting(rest) !== null) continue;
    const at = { line: index + 1, column: line.length - rest.length + 1 };
    const [, , fields = '', command = ''] = LINE.exec(line) ?? [];
    if (fields === '') {
      const wanted = 'a job of a crontab is a schedule, and a command behind it';
      unread.push(unreadEntry(`line ${index + 1}`, 'it has not the fields of a job', at, wanted));
      continue;
    }
    // A marker of setpoint names the line below it.
    const marker = markerIn(lines[index - 1] ?? '');
    const id = marker?.what === 'job' ? `, job ${marker.name}` : '';
    const words = command.replaceAll(/\s+/g, ' ');
    const short = words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME - 1)}…` : words;
    const name = `line ${index + 1}${id}: ${short}`;
    entries.push({ name, text: fields, dialect, zone: null, enabled: true, at });
  }
  return { entries, unread: entries.length === 0 ? [] : unread };
}
