import { printable, printableLine } from '../../diagnostics/printable.ts';
import { editedRun, isDrift } from '../../model/drift.ts';
import type { DriftResult } from '../../operations/drift/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { driftItemLine } from './drift-item-line.ts';
import { lostRecordLine } from './lost-record-line.ts';
import { nextOfOpenRuns } from './open-run-lines.ts';
import { sections } from './sections.ts';
import { shortId } from './short-text.ts';
import type { ViewOptions } from './view-options.ts';

type File = DriftResult['files'][number];

/** Drift for people: by file what differs and since when, then what is no drift, and what to do next (the last line). */
export function driftView(drift: DriftResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const files = drift.files
    .map((file) => fileLines(file, drift, style, options))
    .filter((lines) => lines.length > 0);
  return sections([
    [headLine(drift, style)],
    ...files,
    restLines(drift, options).map((line) => withFlags(line, options.repeatedFlags)),
    [withFlags(lastLine(drift), options.repeatedFlags)],
  ]);
}

function headLine({ host, head, workspace }: DriftResult, style: Style): string {
  const recorded = head === null ? 'nothing recorded here' : `recorded at ${shortId(head)}`;
  const compared = workspace === null ? '' : `, compared with workspace ${printable(workspace)}`;
  return `${style.bold(printable(host))}  ${recorded}${compared}`;
}

function fileLines(
  file: File,
  { workspace }: DriftResult,
  style: Style,
  { verbose, width }: ViewOptions,
): readonly string[] {
  const room = verbose ? Number.POSITIVE_INFINITY : width - 4;
  const { path, items, problem, otherLines, openRun, unsettled, putBack = [] } = file;
  const shown = items.filter((item) => verbose || isDrift(item) || item.state === 'unknown');
  if (shown.length === 0 && !otherLines && openRun === undefined) return [];
  return [
    `${style.bold(printableLine(path))}${style.dim(sinceText(file))}`,
    ...(problem === null ? [] : [`  ${style.red(printableLine(problem))}`]),
    ...shown.map((item) => `  ${driftItemLine(item, style, { workspace, room })}`),
    ...putBack.map((command) => style.dim(`  put it back: ${printable(command)}`)),
    ...(otherLines ? [style.dim('  other lines were edited: no item that is managed')] : []),
    ...(openRun === undefined ? [] : [style.dim(`  ${openRunText(openRun, items)}`)]),
    ...(unsettled === undefined
      ? []
      : [
          style.red(
            `  belongs to run ${printable(unsettled)}, which is open and wrote something else`,
          ),
        ]),
  ];
}

function openRunText(openRun: string, items: File['items']): string {
  const but = items.some(isDrift) ? ', but for mode or owner: put them back, then confirm' : '';
  return `as run ${printable(openRun)} left it, which is open${but}`;
}

function sinceText({ since }: File): string {
  const after = since?.after ?? null;
  const before = since?.before ?? null;
  if (after !== null && before !== null) {
    return `  (changed between ${timeText(after)} and ${timeText(before)})`;
  }
  if (after !== null) return `  (changed after ${timeText(after)})`;
  return before === null ? '' : `  (changed before ${timeText(before)})`;
}

/** To the second: `2026-11-21 09:30:00Z`. */
function timeText(iso: string): string {
  return iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

function restLines({ counts, files }: DriftResult, { verbose }: ViewOptions): readonly string[] {
  const show = verbose ? '' : ': setpoint drift --verbose';
  // `apply` asks no rules: it changes these, and `plan` shows them.
  const both = files
    .flatMap(({ items }) => items)
    .filter(({ ignored, state }) => ignored !== undefined && state === 'both').length;
  const but =
    both === 0 ? '' : `, ${String(both)} of them changed in plan files, too (setpoint plan)`;
  return [
    ...(counts.ignored === 0 ? [] : [`${plural(counts.ignored, 'item')} ignored${but}${show}`]),
    ...(counts.pending === 0 ? [] : [`${plural(counts.pending, 'item')} pending: setpoint plan`]),
  ];
}

function lastLine(drift: DriftResult): string {
  const { counts, files, host } = drift;
  const drifted = files.filter(({ items }) => items.some(isDrift));
  const differing = drifted.length;
  if (differing === 0) return withoutDrift(drift);
  const items = counts.drifted + counts.both + counts.vanished + counts.metadata;
  const what = `${plural(items, 'item')} in ${plural(differing, 'file')} drifted on ${printable(host)}`;
  // What an open run has to settle is nobody else's to put back before.
  const edited = drifted.flatMap((file) => editedRun(file) ?? []);
  if (edited.length > 0) {
    return `${what}. ${nextOfOpenRuns(drift, edited) ?? 'Next: setpoint status'}`;
  }
  if (counts.drifted + counts.both + counts.vanished === 0)
    return `${what}: mode or owner only, which apply leaves as it is. Next: setpoint drift --restore (puts it back), or accept it with drift.ignore in setpoint.yaml.`;
  const refused = nextOfRefused(drifted);
  if (refused !== null) return `${what}. Next: ${refused}`;
  const where = drift.workspace === null ? ', in the workspace' : ownersOf(drift);
  return `${what}. Next: setpoint plan${where} (shows what apply puts back), or setpoint drift --restore (at once)`;
}

/** What to do about files that `plan` refuses as they are; `null`: there are none. */
function nextOfRefused(drifted: readonly File[]): string | null {
  const led = drifted.filter((file) => file.led !== undefined);
  if (led.length > 0) {
    return `put ${namesOf(led)} right by hand, as above; then setpoint drift (apply refuses a plan whose path leads elsewhere)`;
  }
  const unfit = drifted.filter(({ problem }) => problem !== null);
  if (unfit.length > 0) {
    const which = namesOf(unfit);
    const them = unfit.length === 1 ? 'it' : 'them';
    return `put ${which} right by hand, or move ${them} out of the directory; then setpoint drift --restore (plan and apply refuse ${them} as now)`;
  }
  // A plan changes flags of a manifest that is there.
  const gone = drifted.filter((file) => file.gone === true && file.kind === 'manifest');
  if (gone.length === 0) return null;
  return `setpoint drift --restore (brings ${namesOf(gone)} back, which plan and apply cannot)`;
}

function namesOf([first, ...more]: readonly File[]): string {
  const rest = more.length === 0 ? '' : ` and ${plural(more.length, 'other file')}`;
  return `${printableLine(first?.path ?? '')}${rest}`;
}

/** Plans of this workspace that own what drifted: a plan of those alone shows nothing else. */
function ownersOf({ files, workspace }: DriftResult): string {
  const owners = files
    .flatMap(({ items }) => items.filter(isDrift))
    .flatMap(({ owner }) => (owner?.workspace === workspace ? [owner.plan] : []));
  return [...new Set(owners)]
    .sort()
    .map((plan) => ` ${printable(plan)}`)
    .join('');
}

function withoutDrift({ counts, host, head, warnings }: DriftResult): string {
  const lost = lostRecordLine(warnings, host);
  if (lost !== null) return lost;
  if (head === null) return `Nothing recorded for ${printable(host)} yet.`;
  if (counts.unknown > 0)
    return `${plural(counts.unknown, 'item')} could not be compared on ${printable(host)}.`;
  const known = counts['in-sync'] + counts.pending + counts.ignored;
  return `No drift: ${plural(known, 'item')} compared on ${printable(host)}.`;
}
