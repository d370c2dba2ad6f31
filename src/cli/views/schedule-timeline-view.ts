import { printableLine } from '../../diagnostics/printable.ts';
import type { ScheduleTimelineResult } from '../../operations/scheduling/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { runText } from './run-text.ts';
import type { ViewOptions } from './view-options.ts';

/** From nothing to the most. Without colour, which terminals without it and pipes get, plain ASCII. */
const PLAIN = ['.', '-', '+', '*', '#'];
const BLOCKS = ['·', '░', '▒', '▓', '█'];
const SHOWN_NAMES = 5;

/** What a row of cells with a blank between them takes. */
const WIDE = 24 * 3;

/** A heat map: quarters of an hour by the hours of a day, or hours by the days of a week; cells touch where the terminal is narrow. */
export function scheduleTimelineView(
  result: ScheduleTimelineResult,
  { color, width }: ViewOptions,
): string {
  const style = createStyle(color);
  const marks = color ? BLOCKS : PLAIN;
  const most = Math.max(0, ...result.cells);
  const mark = (count: number): string => {
    const level = count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * (marks.length - 1)));
    return painted(marks[level] ?? '', level, style);
  };
  const rows = result.days === 1 ? quarters(result) : week(result);
  const label = Math.max(...rows.map(({ name }) => name.length));
  const isWide = width > label + 2 + WIDE;
  const skipped = new Set(result.skipped);
  const shown = (at: number): string => (skipped.has(at) ? ' ' : mark(result.cells[at] ?? 0));
  const row = (cells: readonly number[]): string =>
    isWide ? cells.map((at) => ` ${shown(at)}`).join(' ') : cells.map(shown).join('');
  const lines = [
    style.bold(
      `${plural(result.schedules, 'schedule')}, ${plural(result.runs, 'run')} from ${runText(result.from)}`,
    ),
    style.dim(`${printableLine(result.zone)}, ${result.cellMinutes} minutes a cell`),
    '',
    `${' '.repeat(label)}  ${style.dim(hoursFrom(result.from, isWide ? 1 : 3))}`,
    ...rows.map(({ name, cells }) => `${style.dim(name.padEnd(label))}  ${row(cells)}`),
    '',
    legend(most, marks, style),
    ...clockLines(result),
    busiestLine(result),
  ];
  return lines.join('\n');
}

/** Two digits and a blank above three columns: of each hour, or of each third. */
function hoursFrom(from: string, step: number): string {
  const first = Number(from.slice(11, 13));
  const hours = Array.from({ length: 24 / step }, (_, at) => (first + at * step) % 24);
  return hours.map((hour) => String(hour).padStart(2, '0')).join(' ');
}

interface Row {
  readonly name: string;
  /** Which they are. */
  readonly cells: readonly number[];
}

function quarters({ cells }: ScheduleTimelineResult): readonly Row[] {
  return [0, 1, 2, 3].map((quarter) => ({
    name: `:${String(quarter * 15).padStart(2, '0')}`,
    cells: cells.flatMap((_, at) => (at % 4 === quarter ? [at] : [])),
  }));
}

/** Days are counted from the first hour on. */
function week({ from }: ScheduleTimelineResult): readonly Row[] {
  const start = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: 7 }, (_, day) => ({
    name: new Date(start + day * 86_400_000).toUTCString().slice(0, 11).replace(',', ''),
    cells: Array.from({ length: 24 }, (__, hour) => day * 24 + hour),
  }));
}

/** What clocks do to the columns; nothing on most days. */
function clockLines({ skipped, twice }: ScheduleTimelineResult): readonly string[] {
  return [
    ...(skipped.length === 0 ? [] : ['blank: clocks are put forward and do not show this time']),
    ...(twice.length === 0
      ? []
      : ['clocks are put back: an hour that they show twice is one column']),
  ];
}

function legend(most: number, marks: readonly string[], style: Style): string {
  if (most === 0) return 'nothing fires';
  const steps = marks.length - 1;
  const ranges = marks.slice(1).flatMap((mark, index) => {
    const low = Math.floor((index * most) / steps) + 1;
    const high = Math.floor(((index + 1) * most) / steps);
    if (low > high) return [];
    return [`${painted(mark, index + 1, style)} ${low === high ? low : `${low}-${high}`}`];
  });
  return [`${marks[0] ?? ''} none`, ...ranges].join('   ');
}

function busiestLine({ busiest }: ScheduleTimelineResult): string {
  if (busiest === null) return '';
  const { at, count, names } = busiest;
  const shown = names.slice(0, SHOWN_NAMES).map(printableLine).join(', ');
  const more = count > SHOWN_NAMES ? `, and ${count - SHOWN_NAMES} more` : '';
  return `busiest minute: ${runText(at)}, ${plural(count, 'schedule')}: ${shown}${more}`;
}

function painted(mark: string, level: number, style: Style): string {
  return [style.dim, style.cyan, style.green, style.yellow, style.red][level]?.(mark) ?? mark;
}
