import { printable } from '../../diagnostics/printable.ts';
import type { DoctorResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import type { ViewOptions } from './view-options.ts';

/** One line a finding, with what to do below it; the last line counts. */
export function doctorView({ findings }: DoctorResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const paints = { ok: style.green, warning: style.yellow, error: style.red };
  const lines = findings.flatMap(({ name, verdict, detail, help }) => [
    `${paints[verdict](verdict.padEnd(7))} ${printable(name)}: ${printable(detail)}`,
    ...(help === null ? [] : [`        help: ${printable(help)}`]),
  ]);
  const errors = findings.filter(({ verdict }) => verdict === 'error').length;
  const warnings = findings.filter(({ verdict }) => verdict === 'warning').length;
  const last =
    errors + warnings === 0
      ? 'All well.'
      : `${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`;
  return [...lines, '', last].join('\n');
}
