import { printable } from '../../diagnostics/printable.ts';
import type { Outcome, RunReport } from '../../model/outcome.ts';
import type { Style } from '../style.ts';
import { checkLine } from './check-line.ts';
import { shortId } from './short-text.ts';

/** One run: how it ended, its commits, every check that was not green (all with `verbose`), the reason. */
export function reportLines(report: RunReport, style: Style, verbose: boolean): readonly string[] {
  const paint = outcomePaint(report.outcome, style);
  const commits = report.commits.map(shortId).join(', ');
  const marks = [
    report.operation === 'release' ? 'release' : null,
    report.unproven ? 'unproven: gates were skipped' : null,
    report.unrecorded ? 'not recorded in git yet' : null,
  ].filter((mark) => mark !== null);
  const tail = marks.length === 0 ? '' : `  ${style.yellow(`(${marks.join(', ')})`)}`;
  const lines = [
    `${style.bold(printable(report.plan))}  ${paint(report.outcome)}${tail}`,
    `  run ${printable(report.run)}${commits === '' ? '' : `, commit ${commits}`}`,
  ];
  const quiet = report.outcome === 'applied' && !verbose;
  const checks = quiet ? finalChecks(report) : report.checks;
  lines.push(...checks.map((check) => `  ${checkLine(check, style)}`));
  if (report.reason !== null) lines.push(`  reason: ${printable(report.reason)}`);
  return lines;
}

/** Gates before the write say little when all went well. */
function finalChecks({ checks }: RunReport): RunReport['checks'] {
  return checks.filter(({ phase, verdict }) => phase !== 'before' || verdict !== 'green');
}

/** The commands that a person runs after `revert-failed`, as one block to paste. */
export function manualLines(report: RunReport, style: Style): readonly string[] {
  if (report.manualCommands.length === 0) return [];
  const lines = report.manualCommands.map((command) => `  ${printable(command)}`);
  return [style.red(`By hand, for ${printable(report.plan)}:`), ...lines];
}

/** Colour of an outcome. */
export function outcomePaint(outcome: Outcome, style: Style): (text: string) => string {
  const paints: Readonly<Record<Outcome, (text: string) => string>> = {
    applied: style.green,
    reverted: style.yellow,
    interrupted: style.yellow,
    failed: style.red,
    'revert-failed': style.red,
  };
  return paints[outcome];
}
