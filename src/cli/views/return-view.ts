import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RestoredFile, RestorePreview, RestoreResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { formatMode } from '../../model/file-mode.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { manualLines, reportLines, stateAfterRevert } from './report-lines.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

type Preview = Pick<RestorePreview, 'host' | 'files' | 'gates' | 'actions' | 'warnings'>;

/** Files on their way back, with their differences, gates and actions; `last` is the last line. */
export function returnPreview(
  { host, files, gates, actions, warnings }: Preview,
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
    warnings.map((warning) => style.yellow(`warning: ${printable(warning)}`)),
    [style.bold(last)],
  ]);
}

/** What the last line says, by what came of it. */
export interface ReturnWords {
  /** After `Recovered N runs and`. */
  readonly recovered: string;
  /** After `Nothing to do:`, without a full stop. */
  readonly nothing: string;
  readonly applied: string;
  /** After `Reverted:`. */
  readonly reverted: string;
  /** Lines before the last one. */
  readonly notes?: readonly string[];
}

/** The runs of a command that put files back; the most important line is the last one. */
export function returnedView(
  result: Pick<RestoreResult, 'host' | 'recovered' | 'report' | 'problems'>,
  options: ViewOptions,
  words: ReturnWords,
): string {
  const style = createStyle(options.color);
  const reports = [...result.recovered, ...(result.report === null ? [] : [result.report])];
  return sections([
    ...reports.map((report) => reportLines(report, style, options, result.problems)),
    ...reports.map((report) => manualLines(report, style)),
    [...(words.notes ?? []), withFlags(lastLine(result, words, style), options.repeatedFlags)],
  ]);
}

function lastLine(
  { host, recovered, report }: Pick<RestoreResult, 'host' | 'recovered' | 'report'>,
  words: ReturnWords,
  style: Style,
): string {
  const where = `on ${printable(host)}`;
  if (recovered.length > 0) {
    return `Recovered ${plural(recovered.length, 'run')} and ${words.recovered}`;
  }
  if (report === null) return `Nothing to do: ${words.nothing}.`;
  switch (report.outcome) {
    case 'applied':
      return report.unrecorded
        ? style.yellow(`${words.applied} Not recorded in git yet.`)
        : style.green(words.applied);
    case 'reverted':
      return style.yellow(`Reverted: ${words.reverted} ${where}, ${stateAfterRevert(report)}.`);
    case 'revert-failed':
      return style.red(
        `Needs a person: the revert failed ${where}. Next: setpoint recover --dry-run`,
      );
    case 'interrupted':
      return style.yellow(`Interrupted: nothing was changed ${where}.`);
    case 'failed':
    // It never waits for a confirmation, and a person settles a run only in `recover`.
    case 'awaiting-confirmation':
    case 'kept-live':
      return style.red(`Failed: nothing was changed ${where}.`);
    default:
      return report.outcome satisfies never;
  }
}

function fileLine({ path, before, after, foreignEdit }: RestoredFile, style: Style): string {
  const notes: string[] = [];
  if (after === null) notes.push('was not there: deleted');
  else if (before === null) notes.push('comes back');
  else {
    if (before.mode !== after.mode) {
      notes.push(`mode ${formatMode(before.mode)} → ${formatMode(after.mode)}`);
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
