import type { Dialect } from '../../cron/dialect.ts';
import type { ScheduleEntry } from './schedule-entry.ts';

const LINE = /^([ \t]*)(@[^\s]+|(?:[^\s]+[ \t]+){4}[^\s]+)[ \t]+([^\s].*)$/;
const ENVIRONMENT = /^[ \t]*(?:"[^"]*"|'[^']*'|[A-Za-z_][\w]*)[ \t]*=/;
const LONGEST_NAME = 60;

/**
 * The jobs of a crontab, with a user field or without: what follows the fields is only shown. A line without fields and a command is none.
 * Lines of comments and of the environment are passed over, as cron does it.
 */
export function crontabEntries(text: string, dialect: Dialect): readonly ScheduleEntry[] {
  return text.split(/\r\n|\n/).flatMap((line, index) => {
    if (/^[ \t]*(?:#|$)/.test(line) || ENVIRONMENT.test(line)) return [];
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, indent = '', fields = '', command = ''] = match;
    const words = command.replaceAll(/\s+/g, ' ');
    const name = words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME - 1)}…` : words;
    const at = { line: index + 1, column: indent.length + 1 };
    return [
      { name: `line ${index + 1}: ${name}`, text: fields, dialect, zone: null, enabled: true, at },
    ];
  });
}
