import { printable } from '../../diagnostics/printable.ts';
import type { CheckHostResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { checkLine } from './check-line.ts';
import type { ViewOptions } from './view-options.ts';

/** Checks by plan; the last line counts. */
export function checkView({ results }: CheckHostResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  if (results.length === 0) return 'No checks: the plans have no gates or audits for this host.';
  const lines: string[] = [];
  for (const plan of new Set(results.map((result) => result.plan))) {
    lines.push(style.bold(printable(plan)));
    const own = results.filter((result) => result.plan === plan);
    lines.push(...own.map((result) => `  ${checkLine(result, style)}`), '');
  }
  const red = results.filter(({ verdict }) => verdict === 'red').length;
  const skipped = results.filter(({ verdict }) => verdict === 'skipped').length;
  const green = results.length - red - skipped;
  const tail = skipped === 0 ? '' : `, ${skipped} skipped`;
  const text = `${plural(results.length, 'check')}: ${green} green, ${red} red${tail}.`;
  return [...lines, red > 0 ? style.red(text) : text].join('\n');
}
