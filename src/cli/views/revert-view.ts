import { printable } from '../../diagnostics/printable.ts';
import type { RevertPreview, RevertResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { stateAfterRevert } from './report-lines.ts';
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
  return returnedView(result, lastLine(result, createStyle(options.color)), options);
}

function lastLine(result: RevertResult, style: Style): string {
  const { host, run, plan, recovered, report } = result;
  const where = `on ${printable(host)}`;
  if (recovered.length > 0) {
    return `Recovered ${plural(recovered.length, 'run')} and took nothing else back. Next: setpoint revert ${run}`;
  }
  if (report === null) return `Nothing to do: nothing of run ${printable(run)} is left ${where}.`;
  switch (report.outcome) {
    case 'applied': {
      const text = `Taken back: run ${printable(run)} ${where}. Plan ${printable(plan)} is held until its inputs change: ${undoInGit(result)}`;
      return report.unrecorded
        ? style.yellow(`${text} Not recorded in git yet.`)
        : style.green(text);
    }
    case 'reverted':
      return style.yellow(`Reverted: nothing is taken back ${where}, ${stateAfterRevert(report)}.`);
    case 'revert-failed':
      return style.red(
        `Needs a person: the revert failed ${where}. Next: setpoint recover --dry-run`,
      );
    case 'interrupted':
      return style.yellow(`Interrupted: nothing was changed ${where}.`);
    case 'failed':
    // A revert never waits for a confirmation, and a person settles a run only in `recover`.
    case 'awaiting-confirmation':
    case 'kept-live':
      return style.red(`Failed: nothing was changed ${where}.`);
    default:
      return report.outcome satisfies never;
  }
}

/** The plan file still says what the run did. */
function undoInGit({ planCommit }: RevertResult): string {
  const [commit = ''] = (planCommit ?? '').split('+');
  return commit === '' ? 'change its plan file.' : `git revert ${commit.slice(0, 12)}`;
}
