import { printable } from '../../diagnostics/printable.ts';
import type { RevertPreview, RevertResult } from '../../operations/results.ts';
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

/** What came of it; the most important line is the last one. */
export function revertView(result: RevertResult, options: ViewOptions): string {
  const run = printable(result.run);
  const where = `on ${printable(result.host)}`;
  return returnedView(result, options, {
    recovered: `took nothing else back. Next: setpoint revert ${run}`,
    nothing: `nothing of run ${run} is left ${where}`,
    applied: `Taken back: run ${run} ${where}. Plan ${printable(result.plan)} is held until its inputs change: ${undoInGit(result)}`,
    reverted: 'nothing is taken back',
  });
}

/** The plan file still says what the run did. */
function undoInGit({ planCommit }: RevertResult): string {
  const [commit = ''] = (planCommit ?? '').split('+');
  return commit === '' ? 'change its plan file.' : `git revert ${commit.slice(0, 12)}`;
}
