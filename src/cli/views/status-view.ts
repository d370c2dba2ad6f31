import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { MirrorTold } from '../../operations/backups/results.ts';
import type { StatusResult } from '../../operations/results.ts';
import { withFlags, withFlagsToWaitFor } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { lostRecordLine } from './lost-record-line.ts';
import {
  leftOpen,
  leftOpenLines,
  nextOfOpenRuns,
  REVERT_FAILED,
  runningLines,
} from './open-run-lines.ts';
import { sections } from './sections.ts';
import { shortId } from './short-text.ts';
import { remoteLine } from './state-view.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

type File = StatusResult['files'][number];
type Plan = StatusResult['plans'][number];

const DRIFT: Readonly<Record<File['drift'], string>> = {
  'in-sync': ' ',
  drifted: 'M',
  vanished: 'D',
  metadata: 'm',
  unknown: '?',
  ignored: ' ',
  'open-run': ' ',
  'other-lines': ' ',
};

/** `drift` calls these by their words. */
const NO_DRIFT: ReadonlySet<File['drift']> = new Set([
  'in-sync',
  'ignored',
  'open-run',
  'other-lines',
  'unknown',
]);

/**
 * Two columns before each file: how it differs from what is recorded (`M` content, `m` mode or owner, `D` gone,
 * `?` it cannot be compared), and what plan
 * files want (`P` pending, `H` a plan that owns a part of it is held). Files in sync are left out unless `verbose`.
 */
export function statusView(status: StatusResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const held = new Set(status.plans.filter(isHeld).map(({ plan }) => plan));
  const files = status.files
    .map((file) => ({ file, columns: columnsFor(file, held) }))
    .filter(({ columns }) => options.verbose || columns.trim() !== '');
  const rows = files.map(({ file, columns }) => fileRow(file, columns, style));
  return sections([
    [headLine(status, style), ...remoteLines(status, options)],
    table(rows),
    table(status.plans.map((plan) => planRow(plan, style))),
    workLines(status).map((line) => withFlagsToWaitFor(line, options.repeatedFlags)),
    leftOpen(status)
      .flatMap((open) => leftOpenLines(open, style))
      .map((line) => withFlags(line, options.repeatedFlags)),
    ignoredLines(status).map((line) => withFlags(line, options.repeatedFlags)),
    [withFlags(lastLine(status, held.size), options.repeatedFlags)],
  ]);
}

/** With other inputs a plan is not held: apply tries it. */
function isHeld({ held }: Plan): boolean {
  return held !== null && held.inputsChanged !== true;
}

function isFreed({ held }: Plan): boolean {
  return held?.inputsChanged === true;
}

function headLine({ host, head }: StatusResult, style: Style): string {
  const recorded = head === null ? 'nothing recorded here' : `recorded at ${shortId(head)}`;
  return `${style.bold(printable(host))}  ${recorded}`;
}

function remoteLines(
  { head, remote, mirror }: StatusResult,
  options: ViewOptions,
): readonly string[] {
  const lines = [
    ...(remote === null || head === null ? [] : [remoteLine(remote)]),
    ...(mirror === null ? [] : [mirrorLine(mirror)]),
  ];
  return lines.map((line) => withFlags(line, options.repeatedFlags));
}

function mirrorLine({ mirror, lacks, since, problem }: MirrorTold): string {
  const at = `mirror ${printable(mirror)}`;
  if (lacks === 0 && since === null && problem === null) return `${at}  has every backup`;
  const time = since === null ? '' : ` since ${printable(since)}`;
  const why = problem === null ? '' : `: ${printable(problem)}`;
  return `${at}  lacks ${plural(lacks, 'backup')}${time}${why} (next: setpoint backup prune)`;
}

function workLines({ holder, openRuns }: StatusResult): readonly string[] {
  if (holder === null) return [];
  return runningLines(
    holder,
    openRuns.filter(({ state }) => state !== REVERT_FAILED),
  );
}

function columnsFor(file: File, held: ReadonlySet<string>): string {
  const wanted = file.pending > 0 ? 'P' : ' ';
  return DRIFT[file.drift] + (file.owners.some((owner) => held.has(owner)) ? 'H' : wanted);
}

function fileRow(file: File, columns: string, style: Style): readonly string[] {
  const marks = DRIFT[file.drift] === ' ' ? columns : style.yellow(columns);
  return [`${marks} ${printableLine(file.path)}`, plural(file.items, 'item'), owners(file)];
}

function owners(file: File): string {
  return file.owners.map(printable).join(', ');
}

function planRow({ plan, workspace, run, commit, held }: Plan, style: Style): readonly string[] {
  return [
    printable(plan),
    `workspace ${printable(workspace)}`,
    commit === null ? 'no commit' : shortId(commit),
    printable(run),
    held === null ? '' : style.yellow(heldText(held)),
  ];
}

function heldText({ run, reason, inputsChanged }: NonNullable<Plan['held']>): string {
  const by = `held by ${printable(run)}: ${printable(reason)}`;
  return inputsChanged === true ? `was ${by}; with its new inputs the next apply tries it` : by;
}

function lastLine(status: StatusResult, held: number): string {
  const edited = status.files.flatMap(({ unsettled }) => unsettled ?? []);
  const open = nextOfOpenRuns(status, edited);
  if (open !== null) return open;
  const lost = lostRecordLine(status.warnings, status.host);
  if (lost !== null) return lost;
  const drifted = status.files.filter(({ drift }) => !NO_DRIFT.has(drift)).length;
  if (drifted > 0) {
    const files = plural(drifted, 'file');
    const only = status.files.every(({ drift }) => drift === 'metadata' || NO_DRIFT.has(drift));
    return `${files} not as recorded${only ? ' (mode or owner)' : ''}. Next: setpoint drift`;
  }
  const unknown = status.files.filter(({ drift }) => drift === 'unknown').length;
  if (unknown > 0) return `${plural(unknown, 'file')} could not be compared. Next: setpoint drift`;
  const sync = withoutDrift(status);
  if (held > 0) return `${sync} ${plural(held, 'plan')} held: change its inputs and apply again.`;
  return `${sync}${pendingText(status)}`;
}

function pendingText({ files, unrecorded, plans }: StatusResult): string {
  const pending = files.reduce((sum, file) => sum + file.pending, unrecorded);
  if (pending > 0) return ` ${plural(pending, 'item')} pending. Next: setpoint plan`;
  const freed = plans.filter(isFreed).length;
  return freed === 0 ? '' : ` ${plural(freed, 'plan')} with new inputs to try. Next: setpoint plan`;
}

/** As `drift` tells it. */
function ignoredLines({ files }: StatusResult): readonly string[] {
  const ignored = files.reduce((sum, file) => sum + file.ignored, 0);
  return ignored === 0 ? [] : [`${plural(ignored, 'item')} ignored: setpoint drift --verbose`];
}

/** Bytes may differ where nothing that is managed does. */
function withoutDrift({ files }: StatusResult): string {
  const edited = files.filter(({ drift }) => drift === 'other-lines').length;
  const all = plural(files.length, 'file');
  return edited === 0
    ? `${all} as recorded.`
    : `No drift in ${all}; other lines were edited in ${String(edited)}.`;
}
