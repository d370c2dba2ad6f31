import { helpOnce } from '../../diagnostics/help-once.ts';
import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { DoctorResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import type { ViewOptions } from './view-options.ts';

/** One line a finding, with what to do below it; the last line counts. */
export function doctorView({ findings }: DoctorResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const paints = { ok: style.green, warning: style.yellow, error: style.red };
  const hasHelp = helpOnce(findings);
  const lines = findings.flatMap((finding) => {
    const { name, verdict, detail, help } = finding;
    const line = `${paints[verdict](verdict.padEnd(7))} ${printable(name)}: ${printableLine(detail)}`;
    if (help === null || !hasHelp(finding)) return [line];
    return [line, `        help: ${printable(withFlags(help, options.repeatedFlags))}`];
  });
  const errors = findings.filter(({ verdict }) => verdict === 'error').length;
  const warnings = findings.filter(({ verdict }) => verdict === 'warning').length;
  const last =
    errors + warnings === 0
      ? 'All well.'
      : `${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`;
  return [...lines, '', last].join('\n');
}
