import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RunId } from '../../model/brand.ts';
import type { FileChange, PlanPart, Step } from '../../model/change-set.ts';
import type { GateSpec } from '../../model/check.ts';
import type { ItemChange } from '../../model/item.ts';
import type { PlanResult } from '../../operations/results.ts';
import type { ScheduleChange } from '../../operations/scheduling/results.ts';
import type { Style } from '../style.ts';
import { itemLine } from './item-line.ts';
import { asWritten, scheduleLines } from './schedule-change-lines.ts';
import type { ViewOptions } from './view-options.ts';

type OpenRunFiles = NonNullable<PlanResult['openRunFiles']>;

/** What a plan part does to one path. */
interface PathChanges {
  readonly path: string;
  file: FileChange | undefined;
  readonly items: ItemChange[];
  readonly steps: Step[];
}

/** Lines of every file that a plan part writes or records, in the order of execution: path with its impact, items, checks. */
export function fileGroups(
  part: PlanPart,
  style: Style,
  view: ViewOptions,
  open: OpenRunFiles = {},
  schedules: PlanResult['schedules'] = [],
): readonly string[] {
  const changed = schedulesByKey(schedules.filter(({ plan }) => plan === part.plan));
  return byPath(part)
    .filter(
      ({ file, items }) =>
        items.length > 0 || file?.write === true || file?.record?.was !== undefined,
    )
    .flatMap((changes) => groupLines(changes, style, view, open, changed.get(changes.path)));
}

function groupLines(
  changes: PathChanges,
  style: Style,
  view: ViewOptions,
  open: OpenRunFiles,
  changed: ReadonlyMap<string, ScheduleChange> = new Map(),
): readonly string[] {
  const { path, file, items, steps } = changes;
  const room = view.verbose ? Number.POSITIVE_INFINITY : view.width - 6;
  const head = file !== undefined && deletedByRelease(file, items);
  const impact = head || file === undefined ? [] : impacts(file, items, open[file.path]);
  const tail = impact.length === 0 ? '' : `  ${style.dim(`(${impact.join(', ')})`)}`;
  // A newline would begin a line that reads like one of the plan.
  const name = printableLine(path);
  return [
    head
      ? `  ${style.red(`- ${name}`)}  ${style.dim('(deleted: did not exist before)')}`
      : `  ${name}${tail}`,
    ...items.flatMap((item) => [
      `    ${itemLine(item, style, room)}`,
      ...linesOf(changed.get(item.key), style, view),
    ]),
    ...others(items, changed, style, view),
    ...steps.flatMap(checkLines).map((line) => `    ${style.dim(line)}`),
  ];
}

type ByKey = ReadonlyMap<string, ScheduleChange>;

function schedulesByKey(schedules: readonly ScheduleChange[]): ReadonlyMap<string, ByKey> {
  const paths = new Map<string, Map<string, ScheduleChange>>();
  for (const one of schedules) {
    const keys = paths.get(one.path) ?? new Map<string, ScheduleChange>();
    paths.set(one.path, keys.set(one.key, one));
  }
  return paths;
}

function linesOf(
  change: ScheduleChange | undefined,
  style: Style,
  { width }: ViewOptions,
): readonly string[] {
  if (change === undefined) return [];
  return scheduleLines(change, style, width - 6).map((line) => `      ${line}`);
}

/** Schedules whose text no item changes: the zone of the file does, or what switches it off. They are no changes of their own. */
function others(
  items: readonly ItemChange[],
  changed: ByKey,
  style: Style,
  view: ViewOptions,
): readonly string[] {
  const known = new Set<string>(items.map(({ key }) => key));
  return [...changed.values()]
    .filter(({ key }) => !known.has(key))
    .flatMap((change) => [
      `    ${style.dim('·')} ${printableLine(change.name)}: ${printableLine(asWritten(change, known))}`,
      ...linesOf(change, style, view),
    ]);
}

/** Grouped once: a plan may write ten thousand files. Order: steps first, then paths that only change ownership. */
function byPath(part: PlanPart): readonly PathChanges[] {
  const groups = new Map<string, PathChanges>();
  function at(path: string): PathChanges {
    const known = groups.get(path) ?? { path, file: undefined, items: [], steps: [] };
    groups.set(path, known);
    return known;
  }
  for (const step of part.steps) at(step.path).steps.push(step);
  for (const file of part.files) at(file.path).file ??= file;
  for (const item of part.items) at(item.path).items.push(item);
  return [...groups.values()];
}

function deletedByRelease(file: FileChange, items: readonly ItemChange[]): boolean {
  return file.write && file.after === null && items.some(({ action }) => action === 'release');
}

/** Gates of the whole plan, when it has any. */
export function planGateLine(part: PlanPart): string | null {
  if (part.gates.length === 0) return null;
  return `then gates: ${names(part.gates)}`;
}

function impacts(
  file: FileChange,
  items: readonly ItemChange[],
  openRun: RunId | undefined,
): readonly string[] {
  const list: string[] = [];
  if (file.write && file.after === null) list.push('deletes the file');
  else if (file.write && file.before === null) list.push('new file');
  if (file.restart === 'expected') list.push(`restarts ${component(file, items)}`);
  if (file.write && file.before !== null && file.after !== null) {
    const [old, next] = [file.before.mode, file.after.mode].map(octal);
    if (old !== next) list.push(`mode ${old} → ${next}`);
  }
  const { rule, was } = file.record ?? {};
  if (rule !== undefined && was !== undefined) list.push(`recorded ${was} → ${rule}`);
  if (openRun !== undefined) list.push(`written by run ${printable(openRun)}, which is open`);
  else if (file.foreignEdit) list.push('changed by someone else since it was recorded');
  return list;
}

/** Manifest items are keyed `flags/<container>/<flag>`; otherwise the file's name says it. */
function component(file: FileChange, items: readonly ItemChange[]): string {
  for (const item of items) {
    const container = /^[^/]+\/([^/]+)\//.exec(item.key)?.[1];
    if (container !== undefined) return printable(container);
  }
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return printable(name.replace(/\.[^.]+$/, ''));
}

function octal(mode: number | undefined): string {
  return `0${(mode ?? 0).toString(8)}`;
}

function checkLines({ gates, onChange, audits }: Step): readonly string[] {
  const lines = onChange.map((action) => `runs: ${printable(action.run.join(' '))}`);
  if (gates.length > 0) lines.push(`gates: ${names(gates)}`);
  if (audits.length > 0) lines.push(`audits: ${audits.map(({ id }) => printable(id)).join(', ')}`);
  return lines;
}

function names(gates: readonly GateSpec[]): string {
  return gates.map(({ id, check }) => printable(`${id} (${check.kind})`)).join(', ');
}
