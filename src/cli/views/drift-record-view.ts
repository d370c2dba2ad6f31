import { printable } from '../../diagnostics/printable.ts';
import type { DriftRecordResult } from '../../operations/results.ts';
import { plural } from './change-counts.ts';
import { driftView } from './drift-view.ts';
import { sections } from './sections.ts';
import { shortId } from './short-text.ts';
import type { ViewOptions } from './view-options.ts';

const LEFT_OUT: ReadonlySet<string> = new Set(['SP3075', 'SP3076']);

/** Drift as `drift` tells it, then what of the host is recorded now (the last line). */
export function driftRecordView(result: DriftRecordResult, options: ViewOptions): string {
  return sections([[driftView(result, options)], [lastLine(result)]]);
}

function lastLine({ recorded, recovered, host, warnings }: DriftRecordResult): string {
  const where = `on ${printable(host)}`;
  if (recovered.length > 0) {
    return `Recovered ${plural(recovered.length, 'run')} and recorded nothing else. Next: the same command again`;
  }
  const { commit, edited, unobserved, again, seen, dropped } = recorded;
  if (commit === null) {
    const rest = warnings.some(({ code }) => LEFT_OUT.has(code)) ? 'everything else' : 'everything';
    return `Nothing to record: ${rest} ${where} is recorded as it is.`;
  }
  const parts = [
    [edited.length, 'that others edited'],
    [unobserved.length, 'that cannot be observed'],
    [again.length, 'observed again, as recorded'],
    [seen.length, 'that plans name and nobody manages yet'],
    [dropped.length, 'no longer kept as seen'],
  ] as const;
  const told = parts.flatMap(([count, what]) =>
    count === 0 ? [] : [`${plural(count, 'file')} ${what}`],
  );
  return `Recorded ${where} at ${shortId(commit)}: ${told.join(', ')}.`;
}
