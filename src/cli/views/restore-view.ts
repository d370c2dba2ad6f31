import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RestorePreview, RestoreResult } from '../../operations/results.ts';
import { plural } from './change-counts.ts';
import { returnedView, returnPreview } from './return-view.ts';
import type { ViewOptions } from './view-options.ts';

/** What a restore would do: files with their differences, gates, actions. */
export function restorePreview(preview: RestorePreview, options: ViewOptions): string {
  const { run, plan, time } = preview.snapshot;
  const title = `back to before run ${printable(run)} (${printable(plan)}, ${printable(time)})`;
  const count = `${plural(preview.files.length, 'file')} to restore.`;
  return returnPreview(preview, title, [count, ...unmanagedWords(preview)].join(' '), options);
}

/** What a restore did; the most important line is the last one. */
export function restoreView(result: RestoreResult, options: ViewOptions): string {
  const where = `on ${printable(result.host)}`;
  const count = plural(result.files.length, 'file');
  return returnedView(result, options, {
    recovered: 'restored nothing. Next: setpoint backup restore',
    nothing: `the files are as the backup has them ${where}`,
    applied: [`Restored: ${count} ${where}.`, ...whatOfThePlans(result)].join(' '),
    reverted: 'nothing is restored',
  });
}

function whatOfThePlans(result: RestoreResult): readonly string[] {
  const managed = result.files.length - result.unmanaged.length;
  const differ = 'Plan files still say otherwise: setpoint plan shows the difference.';
  return [...unmanagedWords(result), ...(managed > 0 ? [differ] : [])];
}

/** Whoever applies a plan next should know what a release gives back then. */
function unmanagedWords({ unmanaged }: Pick<RestorePreview, 'unmanaged'>): readonly string[] {
  if (unmanaged.length === 0) return [];
  const [which, their] =
    unmanaged.length === 1
      ? [printableLine(unmanaged[0] ?? ''), 'its']
      : [`${plural(unmanaged.length, 'file')} of these`, 'their'];
  return [
    `No plan manages ${which} then: one that begins to takes this version for ${their} original.`,
  ];
}
