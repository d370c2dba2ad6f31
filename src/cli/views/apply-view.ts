import { printable } from '../../diagnostics/printable.ts';
import { EXIT, type RunReport } from '../../model/outcome.ts';
import type { ApplyResult, ConfirmResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { branchLines } from './branch-line.ts';
import { changeCount, plural, unchangedCount } from './change-counts.ts';
import { manualLines, reportLines, stateAfterRevert } from './report-lines.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

/** What an apply did, run by run; the most important line is the last one. */
export function applyView(result: ApplyResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const recovered = result.recovered.map((report) => [
    style.yellow('Settled a run that was left open:'),
    ...reportLines(report, style, options, result.problems),
  ]);
  const runs = result.runs.map((report) => reportLines(report, style, options, result.problems));
  const notRun =
    result.notRun.length === 0 ? [] : [`not run: ${result.notRun.map(printable).join(', ')}`];
  const manual = [...result.recovered, ...result.runs].map((report) => manualLines(report, style));
  return sections([
    ...recovered,
    ...runs,
    notRun,
    ...manual,
    [...branchLines(result.branch), withFlags(lastLine(result, style), options.repeatedFlags)],
  ]);
}

/** What became of a run that waited. */
export function confirmView(
  { report, problems, exitCode }: ConfirmResult,
  options: ViewOptions,
): string {
  const style = createStyle(options.color);
  const host = printable(report.host);
  const last = confirmedLine({ report, exitCode }, host, style);
  return sections([
    reportLines(report, style, options, problems),
    manualLines(report, style),
    [withFlags(last, options.repeatedFlags)],
  ]);
}

function confirmedLine(
  { report, exitCode }: Pick<ConfirmResult, 'report' | 'exitCode'>,
  host: string,
  style: Style,
): string {
  if (report.outcome !== 'applied') return endedLine(report, host, style);
  if (exitCode !== EXIT.failed) return appliedLine([report], host, style);
  return style.red(`Not rejected: ${printable(report.plan)} on ${host} was kept before.`);
}

function endedLine(report: RunReport, host: string, style: Style): string {
  if (report.outcome !== 'revert-failed') return stoppedLine(report, host, style);
  return failedLine(report, host, style);
}

function failedLine({ plan }: RunReport, host: string, style: Style): string {
  return style.red(
    `Needs a person: the revert of ${printable(plan)} failed on ${host}. Next: setpoint recover --dry-run`,
  );
}

function lastLine(result: ApplyResult, style: Style): string {
  const { runs, recovered, set } = result;
  const host = printable(set.host);
  const failed = [...recovered, ...runs].find(({ outcome }) => outcome === 'revert-failed');
  if (failed !== undefined) return failedLine(failed, host, style);
  if (recovered.some(({ unrecorded }) => unrecorded)) {
    return style.red(
      'Did nothing else: a run stays open, remove the cause told above. Next: setpoint recover',
    );
  }
  if (recovered.length > 0) {
    return `Recovered ${plural(recovered.length, 'run')} and did nothing else. Next: setpoint plan`;
  }
  const stopped = runs.find(({ outcome }) => outcome !== 'applied');
  if (stopped !== undefined) return stoppedLine(stopped, host, style);
  if (runs.some(({ run }) => staysOpen(run, result.problems))) {
    return style.yellow(
      `${appliedText(runs, host)} A run stays open: remove the cause (below). Next: setpoint recover`,
    );
  }
  if (runs.length > 0) return appliedLine(runs, host, style);
  if (changeCount(set) === 0) {
    return `Nothing to do: ${plural(unchangedCount(set), 'item')} in sync on ${host}.`;
  }
  return 'Not applied: nothing was changed.';
}

/** A run that is kept, but whose leftovers could not be removed. */
function staysOpen(run: RunReport['run'], problems: ApplyResult['problems']): boolean {
  return problems.some(({ code, message }) => code === 'SP4207' && message.includes(run));
}

function appliedText(runs: readonly RunReport[], host: string): string {
  return `Applied: ${plural(runs.length, 'plan')} on ${host}.`;
}

function appliedLine(runs: readonly RunReport[], host: string, style: Style): string {
  const text = appliedText(runs, host);
  if (!runs.some(({ unrecorded }) => unrecorded)) return style.green(text);
  return style.yellow(`${text} Not recorded in git yet: the next setpoint command tries again.`);
}

function stoppedLine(run: RunReport, host: string, style: Style): string {
  const plan = printable(run.plan);
  if (run.outcome === 'awaiting-confirmation') {
    return style.yellow(
      `Waits: ${plan} is applied on ${host} until ${run.confirmUntil ?? 'its time is over'}. Keep it: setpoint confirm ${printable(run.run)}`,
    );
  }
  const next = `Next: setpoint history show ${printable(run.run)}`;
  if (run.outcome === 'reverted' && run.unrecorded) {
    return style.yellow(
      `Reverted: ${plan} on ${host}, ${stateAfterRevert(run)}. Not recorded yet: remove the cause (free space, if the disk is full), then setpoint recover`,
    );
  }
  if (run.outcome === 'reverted') {
    return style.yellow(`Reverted: ${plan} on ${host}, ${stateAfterRevert(run)}. ${next}`);
  }
  if (run.outcome === 'interrupted') {
    return style.yellow(`Interrupted: ${plan} on ${host}, nothing was changed.`);
  }
  return style.red(`Failed: ${plan} on ${host}, nothing was changed.`);
}
