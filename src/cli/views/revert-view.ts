import { printable, printableLine } from '../../diagnostics/printable.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { RevertPreview, RevertResult } from '../../operations/results.ts';
import { branchLines } from './branch-line.ts';
import { plural } from './change-counts.ts';
import { returnedView, returnPreview } from './return-view.ts';
import { timeText } from './time-text.ts';
import type { ViewOptions } from './view-options.ts';

/** What taking a run back would do. */
export function revertPreview(preview: RevertPreview, options: ViewOptions): string {
  const { run, plan, at, files } = preview;
  const title = `without run ${printable(run)} (${printable(plan)}, ${timeText(at)})`;
  return returnPreview(preview, title, `${plural(files.length, 'file')} to change.`, options);
}

/** What came of it; the most important line is the last one. `branch`: the flags about one, as they were given. */
export function revertView(
  result: RevertResult,
  options: ViewOptions,
  branch: readonly string[] = [],
): string {
  const run = printable(result.run);
  const where = `on ${printable(result.host)}`;
  return returnedView(result, options, {
    recovered: `took nothing else back. Next: setpoint revert ${[run, ...branch.map(printable)].join(' ')}`,
    nothing: `nothing of run ${run} is left ${where}`,
    applied: `Taken back: run ${run} ${where}. ${whatOfThePlan(result)}`,
    reverted: 'nothing is taken back',
    notes: branchLines(result.branch),
  });
}

function whatOfThePlan(result: RevertResult): string {
  const plan = printable(result.plan);
  if (result.undoes) return `It was a revert: the hold that it put on plan ${plan} is over.`;
  return !result.holds
    ? 'No plan is held: the next apply does what the plan files say.'
    : `Plan ${plan} is held until its inputs change: ${undoInGit(result)}`;
}

/** Of `--branch-only`. */
export function branchView({ branch }: RevertResult): string {
  return branchLines(branch).join('\n');
}

/** The plan file still says what the run did. The commit that was applied need not be the one that changed it. */
function undoInGit({ planFile, branch }: RevertResult): string {
  if (branch !== null && branch.commit !== null) return 'merge that branch.';
  if (planFile === null) return 'undo it in its plan file, too.';
  return `undo it in ${printableLine(planFile)}, too (git log -- ${quoteWord(planFile)} finds the commit to revert).`;
}
