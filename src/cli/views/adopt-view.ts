import { printable } from '../../diagnostics/printable.ts';
import type { AdoptResult } from '../../operations/adopting/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

/** The workspace files as they change; what was written and what comes next is the last line. */
export function adoptView(result: AdoptResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  return sections([
    ...result.files.map(({ diff }) => [diffText(diff, style)]),
    [withFlags(lastLine(result), options.repeatedFlags)],
  ]);
}

function lastLine({ host, items, files, written, pending }: AdoptResult): string {
  if (files.length === 0) {
    const next =
      pending === 0 ? '' : ` ${plural(pending, 'item')} pending: setpoint apply records them.`;
    return `Nothing left to adopt on ${printable(host)}.${next}`;
  }
  const what = `${plural(items.length, 'item')} of ${printable(host)}`;
  const where = plural(files.length, 'workspace file');
  if (!written) return `Would write ${what} into ${where}. Nothing was written: --dry-run.`;
  return `Wrote ${what} into ${where}. Next: review and commit, then setpoint apply (it only records them).`;
}
