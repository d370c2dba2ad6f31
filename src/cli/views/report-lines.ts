import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { helpOnce } from '../../diagnostics/help-once.ts';
import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { CheckResult } from '../../model/check.ts';
import type { Outcome, RunReport } from '../../model/outcome.ts';
import { withFlags } from '../repeated-flags.ts';
import type { Style } from '../style.ts';
import { checkLine } from './check-line.ts';
import { shortId } from './short-text.ts';
import type { ViewOptions } from './view-options.ts';

type ReportOptions = Pick<ViewOptions, 'verbose' | 'repeatedFlags'>;

/**
 * One run: how it ended, its commits, every check that was not green (all with `verbose`), the reason. What `problems` say to
 * the same reason stands below it (toldAsReason).
 */
export function reportLines(
  report: RunReport,
  style: Style,
  { verbose, repeatedFlags }: ReportOptions,
  problems: readonly Diagnostic[] = [],
): readonly string[] {
  const paint = outcomePaint(report.outcome, style);
  const commits = report.commits.map(shortId).join(', ');
  const marks = [
    report.operation === 'apply' ? null : report.operation,
    unprovenMark(report),
    report.unrecorded ? 'not recorded in git yet' : null,
  ].filter((mark) => mark !== null);
  const tail = marks.length === 0 ? '' : `  ${style.yellow(`(${marks.join(', ')})`)}`;
  const good = report.outcome === 'applied' || report.outcome === 'awaiting-confirmation';
  const quiet = good && !verbose;
  const checks = quiet ? finalChecks(report) : report.checks;
  return [
    `${style.bold(printable(report.plan))}  ${paint(report.outcome)}${tail}`,
    `  run ${printable(report.run)}${commits === '' ? '' : `, commit ${commits}`}`,
    ...checks.map((check) => `  ${checkLine(withoutReason(check, report), style)}`),
    ...answerLines(report),
    ...reasonLines(report, style, problems, repeatedFlags),
  ];
}

function answerLines({ answered }: RunReport): readonly string[] {
  if (answered === undefined) return [];
  return [`  ${answered.answer} by ${printable(answered.actor)} at ${printable(answered.at)}`];
}

/** A person's choice is unproven when gates were red, too: those are listed. */
function unprovenMark({ unproven, checks }: RunReport): string | null {
  if (!unproven) return null;
  return checks.length === 0 ? 'unproven: gates were skipped' : 'unproven';
}

/** Whether a problem is the reason of a run: it is shown there, with its help, and nowhere else. */
export function toldAsReason(
  { message, detail }: Diagnostic,
  reports: readonly RunReport[],
): boolean {
  return detail === undefined && reports.some(({ reason }) => reason?.includes(message) === true);
}

function reasonLines(
  report: RunReport,
  style: Style,
  problems: readonly Diagnostic[],
  flags: readonly string[] | undefined,
): readonly string[] {
  if (report.reason === null) return [];
  const lines = [`  reason: ${printable(report.reason).replaceAll('\n', '\n    ')}`];
  const told = problems.filter((candidate) => toldAsReason(candidate, [report]));
  const hasHelp = helpOnce(told);
  for (const problem of told) {
    if (problem.help !== undefined && hasHelp(problem)) {
      lines.push(`  ${style.green('help')}: ${printable(withFlags(problem.help, flags))}`);
    }
    lines.push(`  explain: setpoint explain ${problem.code}`);
  }
  return lines;
}

/** What a red check answered is said once: by the reason when it has it. */
function withoutReason(check: CheckResult, { reason }: RunReport): CheckResult {
  const said = check.verdict === 'red' && check.detail !== '' && reason?.includes(check.detail);
  return said === true ? { ...check, detail: '' } : check;
}

/** Gates before the write say little when all went well. */
function finalChecks({ checks }: RunReport): RunReport['checks'] {
  return checks.filter(({ phase, verdict }) => phase !== 'before' || verdict !== 'green');
}

/** What the files of a reverted run are now. */
export function stateAfterRevert({ othersEdits = [], renewed = [], checks }: RunReport): string {
  const but = [
    ...listed('edits by others in', othersEdits),
    ...listed('the annotation of a fresh identity in', renewed),
  ];
  const files = `the files are as before${but.length === 0 ? '' : ` but for ${but.join(' and ')}`}`;
  // The revert counts all the same: no gate is worse than it was before the run.
  const red = checks.filter(({ phase, verdict }) => phase === 'revert' && verdict === 'red');
  if (red.length === 0) return files;
  return `${files}, and gates are red as they were: ${red.map(({ id }) => printableLine(id)).join(', ')}`;
}

function listed(what: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`${what} ${paths.map(printableLine).join(', ')}`];
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
    'awaiting-confirmation': style.yellow,
    reverted: style.yellow,
    interrupted: style.yellow,
    failed: style.red,
    'revert-failed': style.red,
    'kept-live': style.yellow,
  };
  return paints[outcome];
}
