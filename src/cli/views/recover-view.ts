import { printable, printableLine } from '../../diagnostics/printable.ts';
import type {
  FileToSettle,
  FileVersion,
  RecoverResult,
  RunToSettle,
  SettleOption,
} from '../../operations/results.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { withFlags, withFlagsToWaitFor } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { runningLines } from './open-run-lines.ts';
import { nextOfProspects, nothingToRecover, prospectLines } from './prospect-lines.ts';
import { manualLines, reportLines } from './report-lines.ts';
import { sections } from './sections.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import { timeText } from './time-text.ts';
import type { ViewOptions } from './view-options.ts';

/** What recover settled, and for each run that needs a person every version of its files and what can be chosen. */
export function recoverView(result: RecoverResult, options: ViewOptions): string {
  const { recovered, needsPerson, leftOpen, running } = result;
  const { repeatedFlags = [] } = options;
  if (recovered.length + needsPerson.length + leftOpen.length === 0 && running === null) {
    return withFlags(nothingOpen(result), repeatedFlags);
  }
  const style = createStyle(options.color);
  const work = running === null ? [] : runningLines(running.holder, running.runs);
  const reports = recovered.map((report) => reportLines(report, style, options, result.problems));
  const open = leftOpen.map((one) =>
    prospectLines(one, style).map((line) => withFlags(line, repeatedFlags)),
  );
  const manual = recovered.map((report) => manualLines(report, style));
  const persons = needsPerson.flatMap((run) => settleSections(run, style, repeatedFlags));
  return sections([
    ...reports,
    work.map((line) => withFlagsToWaitFor(line, repeatedFlags)),
    ...open,
    ...manual,
    ...persons,
    [withFlags(lastLine(result, style), repeatedFlags)],
  ]);
}

/** After a killed apply nothing may be open, because its guardian was faster: then it says so. */
function nothingOpen({ lastTakenBack: last }: RecoverResult): string {
  const nothing = 'Nothing to recover: no run is open.';
  if (last === undefined) return nothing;
  const plan = last.plan === null ? '' : ` of ${printable(last.plan)}`;
  const run = printable(last.run);
  return `${nothing} The last one${plan} was taken back at ${timeText(last.at)}: setpoint history show ${run}`;
}

function lastLine(
  { needsPerson, recovered, leftOpen, running, dryRun }: RecoverResult,
  style: Style,
): string {
  if (needsPerson.length > 0) {
    const plans = needsPerson.map(({ plan }) => printable(plan)).join(', ');
    return style.red(`Needs a person: choose one of the commands above for ${plans}.`);
  }
  if (running !== null) return nothingToRecover(running.runs);
  if (dryRun) return nextOfProspects(leftOpen);
  const failed = recovered.find(({ outcome }) => outcome === 'revert-failed');
  if (failed !== undefined) {
    return style.red(`Needs a person: ${printable(failed.plan)} could not be settled.`);
  }
  if (leftOpen.length > 0) {
    const stay = leftOpen.length === 1 ? 'stays' : 'stay';
    const what = `${plural(leftOpen.length, 'run')} ${stay} open`;
    return style.red(`${what}: remove the cause told above. Next: setpoint recover`);
  }
  const theirs = recovered.flatMap(({ outcome, othersEdits = [] }) =>
    outcome === 'applied' ? othersEdits : [],
  );
  if (theirs.length > 0) {
    const names = theirs.map(printable).join(', ');
    return style.red(`Needs a person: what somebody else made of ${names} stays (told above).`);
  }
  return `Recovered ${plural(recovered.length, 'run')}.`;
}

function settleSections(
  run: RunToSettle,
  style: Style,
  repeatedFlags: readonly string[],
): readonly (readonly string[])[] {
  const odd = run.files.filter(({ standing }) => standing === 'foreign');
  const head = `${style.bold(printable(run.plan))}  run ${printable(run.run)}: its files are to be settled`;
  return [
    [head, `  reason: ${printable(run.reason).replaceAll('\n', '\n    ')}`],
    ...run.files.map((file) => fileLines(file, style)),
    ...odd.map((file) => diffLines(file, style)),
    run.choices.flatMap((option) => optionLines(run, option, style, repeatedFlags)),
  ];
}

const STANDING: Readonly<Record<FileToSettle['standing'], string>> = {
  old: 'is the old version',
  new: 'is the new version',
  torn: 'is a mixture: a write in place was cut off',
  foreign: 'is neither: somebody else changed it',
};

function fileLines(file: FileToSettle, style: Style): readonly string[] {
  const rows = (['old', 'new', 'live'] as const).map((name) => versionRow(name, file[name]));
  const prints = (['old', 'new'] as const).flatMap((name) => printLine(name, file[name]));
  return [
    `${style.bold(printableLine(file.path))} ${STANDING[file.standing]}`,
    ...table(rows),
    ...prints,
  ];
}

function versionRow(name: string, version: FileVersion): readonly string[] {
  const { sha256, mode, kind, place, path, object } = version;
  const hash = sha256 === null ? (kind === 'other' ? 'no plain file' : 'absent') : shortId(sha256);
  const found = object === null ? (path ?? '') : 'only as an object in the state repository';
  const where = place === null ? (sha256 === null ? '' : 'lost') : printableLine(found);
  return [`  ${name}`, hash, mode ?? '', where];
}

/** Content that is no file anywhere is printed by git. */
function printLine(name: string, { object, path }: FileVersion): readonly string[] {
  if (object === null || path === null) return [];
  const command = shellLine(['git', `--git-dir=${path}`, 'show', object]);
  return [`  print ${name}: ${printable(command)}`];
}

function diffLines({ path, diffs }: FileToSettle, style: Style): readonly string[] {
  const shown = (
    [
      ['old → live', diffs.oldToLive],
      ['new → live', diffs.newToLive],
    ] as const
  ).flatMap(([name, diff]) =>
    diff === null ? [] : [style.dim(`${name}  ${printableLine(path)}`), diffText(diff, style)],
  );
  return shown;
}

function optionLines(
  { run }: RunToSettle,
  { choice, possible, writes, replacesForeign, obstacles }: SettleOption,
  style: Style,
  repeatedFlags: readonly string[],
): readonly string[] {
  const command = shellLine(['setpoint', 'recover', run, `--${choice}`, ...repeatedFlags]);
  if (!possible) {
    return [
      style.dim(command),
      ...obstacles.map((one) => `    not possible: ${printableLine(one)}`),
    ];
  }
  const what =
    writes.length === 0 ? 'writes nothing' : `writes ${writes.map(printableLine).join(', ')}`;
  const first =
    replacesForeign.length === 0
      ? ''
      : `; keeps a copy of what is in ${replacesForeign.map(printableLine).join(', ')} first`;
  return [style.green(command), `    ${what}${first}`];
}
