import { printable } from '../../diagnostics/printable.ts';
import type { RestorePreview, RestoreResult } from '../../operations/results.ts';
import { plural } from './change-counts.ts';
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
  const where = `on ${printable(result.host)}`;
  const count = plural(result.files.length, 'file');
  return returnedView(result, options, {
    recovered: 'restored nothing. Next: setpoint backup restore',
    nothing: `the files are as the backup has them ${where}`,
    applied: `Restored: ${count} ${where}. Plan files still say otherwise: setpoint plan shows the difference.`,
    reverted: 'nothing is restored',
  });
}
