import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RestoredFile, RestorePreview, RestoreResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { modeText } from './backup-view.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { manualLines, reportLines, stateAfterRevert } from './report-lines.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

/** What a restore would do: files with their differences, gates, actions. */
export function restorePreview(preview: RestorePreview, options: ViewOptions): string {
  const style = createStyle(options.color);
  const { host, snapshot, files, gates, actions } = preview;
  const head = `${style.bold(printable(host))}  back to before run ${printable(snapshot.run)} (${printable(snapshot.plan)}, ${printable(snapshot.time)})`;
  const diffs = files.filter(({ diff }) => diff !== '').map(({ diff }) => [diffText(diff, style)]);
  const runs = actions.map((argv) => `  runs: ${printable(argv.join(' '))}`);
  const watch = gates.length === 0 ? [] : [`  gates: ${gates.map(printable).join(', ')}`];
  return sections([
    [head],
    [...files.map((file) => fileLine(file, style)), ...runs, ...watch],
    ...diffs,
    [style.bold(`${plural(files.length, 'file')} to restore.`)],
  ]);
}

function fileLine({ path, before, after, foreignEdit }: RestoredFile, style: Style): string {
  const notes: string[] = [];
  if (after === null) notes.push('was not there: deleted');
  else if (before === null) notes.push('comes back');
  else {
    if (before.mode !== after.mode) {
      notes.push(`mode ${modeText(before.mode)} → ${modeText(after.mode)}`);
    }
    if (before.uid !== after.uid || before.gid !== after.gid) {
      notes.push(`owner ${before.uid}:${before.gid} → ${after.uid}:${after.gid}`);
    }
  }
  if (foreignEdit) notes.push('changed by someone else since it was recorded');
  const paint = after === null ? style.red : style.yellow;
  const mark = after === null ? '-' : before === null ? '+' : '~';
  const tail = notes.length === 0 ? '' : `  ${notes.join(', ')}`;
  return paint(`  ${mark} ${printableLine(path)}${tail}`);
}

/** What a restore did; the most important line is the last one. */
export function restoreView(result: RestoreResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const reports = [...result.recovered, ...(result.report === null ? [] : [result.report])];
  return sections([
    ...reports.map((report) => reportLines(report, style, options, result.problems)),
    ...reports.map((report) => manualLines(report, style)),
    [withFlags(lastLine(result, style), options.repeatedFlags)],
  ]);
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
