import { printable } from '../../diagnostics/printable.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { DriftRestorePreview, DriftRestoreResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { returnedView, returnPreview } from './return-view.ts';
import type { ViewOptions } from './view-options.ts';

/** What would be put back. */
export function driftRestorePreview(preview: DriftRestorePreview, options: ViewOptions): string {
  const { items, files } = preview;
  const last = `${plural(items.length, 'item')} in ${plural(files.length, 'file')} to put back.`;
  return returnPreview(preview, 'as it is recorded', last, options);
}

/** What came of it; the most important line is the last one. `named`: what was chosen, as it was typed. */
export function driftRestoreView(
  result: DriftRestoreResult,
  named: readonly string[],
  options: ViewOptions,
): string {
  const where = `on ${printable(result.host)}`;
  const count = `${plural(result.items.length, 'item')} in ${plural(result.files.length, 'file')}`;
  if (result.dryRun && result.files.length > 0) {
    const { bold } = createStyle(options.color);
    const words = named.map((one) => ` ${quoteWord(one)}`).join('');
    const next = withFlags(`Next: setpoint drift --restore${words}`, options.repeatedFlags);
    return `${driftRestorePreview(result, options)}\n${bold(next)}`;
  }
  return returnedView(result, options, {
    recovered: 'put nothing back. Next: setpoint drift --restore',
    nothing: `nothing drifted ${where}`,
    applied: `Put back: ${count} ${where}, as recorded.`,
    reverted: 'nothing is put back',
  });
}
