import type { CronSchedule } from '../../cron/cron-schedule.ts';
import type { CronProblem } from '../../cron/cron-text.ts';
import { scheduleReader } from '../../cron/schedule-reader.ts';
import type { NamedSchedule } from '../../cron/warnings/named-schedule.ts';
import { isZone } from '../../cron/zone/zone-clock.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { drawFrame } from '../../diagnostics/frame.ts';
import type { ScheduleEntry, ScheduleSource, UnreadEntry } from './schedule-entry.ts';

/** An entry whose text and zone are good. */
export interface ReadEntry {
  readonly entry: ScheduleEntry;
  readonly schedule: CronSchedule;
  readonly zone: string;
}

export function namedEntry({ entry, schedule, zone }: ReadEntry): NamedSchedule {
  return { name: entry.name, schedule, zone };
}

/** People read no more. */
const MOST_PROBLEMS = 50;

/** All entries of a source as their dialects read them, and what is wrong with the others. `zone`: of those that name none. */
export function readEntries(
  source: ScheduleSource,
  zone: string,
): { readonly read: readonly ReadEntry[]; readonly problems: readonly Diagnostic[] } {
  const read: ReadEntry[] = [];
  const problems: Diagnostic[] = [];
  const readingOf = scheduleReader();
  const lines = source.text.split(/\r\n|\n|\r/);
  for (const entry of source.entries) {
    const own = entry.zone ?? zone;
    const reading = readingOf(entry.text, entry.dialect, entry.name);
    if (!isZone(own)) problems.push(wrongZone(source, entry, own));
    if (!reading.ok) {
      problems.push(...reading.problems.map((one) => diagnosticOf(source, lines, entry, one)));
    } else if (isZone(own)) read.push({ entry, schedule: reading.schedule, zone: own });
  }
  problems.push(...source.unread.map((one) => unreadProblem(source, lines, one)));
  const inOrder = problems.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
  return { read, problems: shown(inOrder) };
}

function diagnosticOf(
  { file }: ScheduleSource,
  lines: readonly string[],
  entry: ScheduleEntry,
  { column, length, message, help }: CronProblem,
): Diagnostic {
  const { line } = entry.at;
  const start = entry.at.column + column - 1;
  const range = { line, column: start, endColumn: start + length };
  return {
    code: 'SP2300',
    severity: 'error',
    message: `${entry.name === '' ? '""' : entry.name}: ${message} (${entry.dialect})`,
    at: { file, ...range },
    frame: frameOf(lines, range),
    ...(help === null ? {} : { help }),
  };
}

function unreadProblem(
  { file }: ScheduleSource,
  lines: readonly string[],
  { name, message, at, help }: UnreadEntry,
): Diagnostic {
  const range = { ...at, endColumn: at.column + 1 };
  return {
    code: 'SP2300',
    severity: 'error',
    message: `${name}: ${message}`,
    at: { file, ...range },
    frame: frameOf(lines, range),
    help,
  };
}

/** Of ten thousand lines only those around it are drawn. */
function frameOf(
  lines: readonly string[],
  range: { readonly line: number; readonly column: number; readonly endColumn: number },
): string {
  const first = Math.max(1, range.line - 2);
  return drawFrame(lines.slice(first - 1, range.line + 2).join('\n'), range, first);
}

function wrongZone(
  { file }: ScheduleSource,
  { name, at }: ScheduleEntry,
  zone: string,
): Diagnostic {
  return {
    code: 'SP2301',
    severity: 'error',
    message: `${name}: ${JSON.stringify(zone)} is no time zone`,
    at: { file, ...at },
    help: 'write a name of the IANA database, such as Europe/Berlin or UTC',
  };
}

function shown(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = problems.length - MOST_PROBLEMS;
  if (left <= 0) return problems;
  const message = `${left} more problems are not shown`;
  return [...problems.slice(0, MOST_PROBLEMS), { code: 'SP2306', severity: 'note', message }];
}
