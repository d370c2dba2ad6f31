import { printable } from '../../diagnostics/printable.ts';
import type { JsonValue } from '../../model/item.ts';
import type { RecordChange, RunResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { entryRow } from './history-view.ts';
import { manualLines, reportLines } from './report-lines.ts';
import { sections } from './sections.ts';
import { differenceLine, structuralDiff } from './structural-diff.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

/** One run: report with every check, commits, how its records changed, and the diff of the managed files. */
export function runView(result: RunResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const report =
    result.report === null
      ? ['No report of this run is left: its commits say how it ended, its checks are not known.']
      : [
          ...reportLines(result.report, style, { ...options, verbose: true }),
          ...manualLines(result.report, style),
        ];
  return sections([
    report,
    table(result.entries.map((entry) => entryRow(entry, style))),
    (result.records ?? []).flatMap(recordLines),
    [result.diff === '' ? 'No recorded file content changed.' : diffText(result.diff, style)],
  ]);
}

function recordLines({ path, before, after }: RecordChange): readonly string[] {
  if (before === null || after === null) {
    const mark = before === null ? '+' : '-';
    return [`${mark} ${printable(path)}${itemCount(before ?? after)}`];
  }
  const differences = structuralDiff(before, after);
  if (differences.length === 0) return [];
  const lines = differences.map((difference) => `  ${printable(differenceLine(difference))}`);
  return [`record of ${printable(path)}`, ...lines];
}

/** Records of files have items, records of plans have none. */
function itemCount(record: JsonValue): string {
  const items = (record as { readonly items?: unknown } | null)?.items;
  if (typeof items !== 'object' || items === null) return '';
  return `: ${plural(Object.keys(items).length, 'item')}`;
}
