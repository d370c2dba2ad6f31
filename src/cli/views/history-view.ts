import { printable } from '../../diagnostics/printable.ts';
import type { HistoryEntry, HistoryResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

/** Recorded commits, newest first. `limit`: the number asked for; a full list says that there may be more. */
export function historyView(
  { host, entries }: HistoryResult,
  options: ViewOptions,
  limit: number,
): string {
  if (entries.length === 0) return `Nothing recorded for ${printable(host)} yet.`;
  const style = createStyle(options.color);
  const head = ['time', 'status', 'plan', 'run', 'commit', 'by'].map(style.dim);
  const lines = table([head, ...entries.map((entry) => entryRow(entry, style))]);
  const more = entries.length >= limit ? ` Older ones: --limit ${limit * 2}.` : '';
  return [...lines, '', `${plural(entries.length, 'commit')} on ${printable(host)}.${more}`].join(
    '\n',
  );
}

/** Cells of one commit; what is not known is `-`. */
export function entryRow(entry: HistoryEntry, style: Style): readonly string[] {
  return [
    entry.at.replace(/\.\d+Z$/, 'Z'),
    statusPaint(entry.status, style)(printable(entry.status)),
    printable(entry.plan ?? '-'),
    printable(entry.run ?? '-'),
    shortId(entry.commit),
    printable(entry.actor ?? '-'),
  ];
}

function statusPaint(status: string, style: Style): (text: string) => string {
  if (status === 'applied' || status === 'released') return style.green;
  if (status === 'reverted' || status === 'observed') return style.yellow;
  return status === 'revert-failed' ? style.red : style.dim;
}
