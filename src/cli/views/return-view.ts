import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RestoredFile, RestorePreview, RestoreResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { modeText } from './backup-view.ts';
import { diffText } from './diff-text.ts';
import { manualLines, reportLines } from './report-lines.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

type Preview = Pick<RestorePreview, 'host' | 'files' | 'gates' | 'actions'>;

/** Files on their way back, with their differences, gates and actions; `last` is the last line. */
export function returnPreview(
  { host, files, gates, actions }: Preview,
  title: string,
  last: string,
  options: ViewOptions,
): string {
  const style = createStyle(options.color);
  const diffs = files.filter(({ diff }) => diff !== '').map(({ diff }) => [diffText(diff, style)]);
  const runs = actions.map((argv) => `  runs: ${printable(argv.join(' '))}`);
  const watch = gates.length === 0 ? [] : [`  gates: ${gates.map(printable).join(', ')}`];
  return sections([
    [`${style.bold(printable(host))}  ${title}`],
    [...files.map((file) => fileLine(file, style)), ...runs, ...watch],
    ...diffs,
    [style.bold(last)],
  ]);
}

/** The runs of a command that put files back, then its last line. */
export function returnedView(
  result: Pick<RestoreResult, 'recovered' | 'report' | 'problems'>,
  last: string,
  options: ViewOptions,
): string {
  const style = createStyle(options.color);
  const reports = [...result.recovered, ...(result.report === null ? [] : [result.report])];
  return sections([
    ...reports.map((report) => reportLines(report, style, options, result.problems)),
    ...reports.map((report) => manualLines(report, style)),
    [withFlags(last, options.repeatedFlags)],
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
