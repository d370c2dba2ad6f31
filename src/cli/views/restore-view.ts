import { printable } from '../../diagnostics/printable.ts';
import type { RestorePreview, RestoreResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { stateAfterRevert } from './report-lines.ts';
import { returnedView, returnPreview } from './return-view.ts';
import type { ViewOptions } from './view-options.ts';

/** What a restore would do: files with their differences, gates, actions. */
export function restorePreview(preview: RestorePreview, options: ViewOptions): string {
  const { run, plan, time } = preview.snapshot;
  const title = `back to before run ${printable(run)} (${printable(plan)}, ${printable(time)})`;
  return returnPreview(
    preview,
    title,
    `${plural(preview.files.length, 'file')} to restore.`,
    options,
  );
}

/** What a restore did; the most important line is the last one. */
export function restoreView(result: RestoreResult, options: ViewOptions): string {
  return returnedView(result, lastLine(result, createStyle(options.color)), options);
}

function lastLine({ host, recovered, report, files }: RestoreResult, style: Style): string {
  const where = `on ${printable(host)}`;
  if (recovered.length > 0) {
    return `Recovered ${plural(recovered.length, 'run')} and restored nothing. Next: setpoint backup restore`;
  }
  if (report === null) return `Nothing to do: the files are as the backup has them ${where}.`;
  switch (report.outcome) {
    case 'applied': {
      const text = `Restored: ${plural(files.length, 'file')} ${where}. Plan files still say otherwise: setpoint plan shows the difference.`;
      return report.unrecorded
        ? style.yellow(`${text} Not recorded in git yet.`)
        : style.green(text);
    }
    case 'reverted':
      return style.yellow(`Reverted: nothing is restored ${where}, ${stateAfterRevert(report)}.`);
    case 'revert-failed':
      return style.red(
        `Needs a person: the revert failed ${where}. Next: setpoint recover --dry-run`,
      );
    case 'interrupted':
      return style.yellow(`Interrupted: nothing was changed ${where}.`);
    case 'failed':
    // A restore never waits for a confirmation, and a person settles a run only in `recover`.
    case 'awaiting-confirmation':
    case 'kept-live':
      return style.red(`Failed: nothing was changed ${where}.`);
    default:
      return report.outcome satisfies never;
  }
}
