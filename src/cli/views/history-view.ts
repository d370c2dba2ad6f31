import { printable, printableLine } from '../../diagnostics/printable.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { HistoryEntry, HistoryResult, RunSummary } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { lostRecordLine } from './lost-record-line.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';
import { timeText } from './time-text.ts';

/** What was asked for: the hint to older runs repeats it. */
export interface HistoryRequest {
  readonly limit: number;
  readonly subject: string | undefined;
}

/** Runs, newest first. */
export function historyView(
  { host, warnings, runs, more }: HistoryResult,
  options: ViewOptions,
  { limit, subject }: HistoryRequest,
): string {
  if (runs.length === 0) {
    const line = lostRecordLine(warnings, host) ?? `Nothing recorded for ${printable(host)} yet.`;
    return withFlags(line, options.repeatedFlags);
  }
  const style = createStyle(options.color);
  const head = ['time', 'outcome', 'plan', 'plan commit', 'run', 'by'].map(style.dim);
  const lines = table([head, ...runs.map((run) => runRow(run, style))]);
  const about = subject === undefined ? '' : ` of ${printableLine(subject)}`;
  const some = more ? 'Last ' : '';
  const count = `${some}${plural(runs.length, 'run')}${about} on ${printable(host)}.`;
  const words = subject === undefined ? [] : [printable(quoteWord(subject))];
  const older = [
    withFlags('setpoint history', options.repeatedFlags),
    ...words,
    '--limit',
    limit * 2,
  ];
  return [...lines, '', more ? `${count} Older ones: ${older.join(' ')}` : count].join('\n');
}

function runRow(run: RunSummary, style: Style): readonly string[] {
  return [
    timeText(run.at),
    statusPaint(run.outcome, style)(printable(run.outcome)),
    printable(run.plan ?? '-'),
    planCommitText(run.planCommit),
    printable(run.run ?? '-'),
    printable(run.actor ?? '-'),
  ];
}

/** Cells of one commit; what is not known is `-`. */
export function entryRow(entry: HistoryEntry, style: Style): readonly string[] {
  return [
    timeText(entry.at),
    statusPaint(entry.status, style)(printable(entry.status)),
    printable(entry.plan ?? '-'),
    printable(entry.run ?? '-'),
    shortId(entry.commit),
    printable(entry.actor ?? '-'),
  ];
}

/** `1a2b3c4d5e6f`, `1a2b3c4d5e6f+dirty`, `-` when the plan file was in no commit. */
export function planCommitText(planCommit: string | null): string {
  if (planCommit === null) return '-';
  const [commit = '', dirty] = planCommit.split('+');
  return dirty === undefined ? shortId(commit) : `${shortId(commit)}+${printable(dirty)}`;
}

function statusPaint(status: string, style: Style): (text: string) => string {
  if (/^(applied|restored)/.test(status)) return style.green;
  if (status === 'reverted' || status === 'observed' || status === 'kept-live') return style.yellow;
  return status === 'revert-failed' ? style.red : style.dim;
}
