import { helpOnce } from '../../diagnostics/help-once.ts';
import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { PlanResult } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { isPending, plural, unchangedCount } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { isGivenBack, takesAway } from './given-back.ts';
import { itemLine } from './item-line.ts';
import { fileGroups, planGateLine } from './plan-file-group.ts';
import { planSummary } from './plan-summary.ts';
import { shortId } from './short-text.ts';
import type { ViewOptions } from './view-options.ts';
import { timeText } from './time-text.ts';

export interface PlanViewOptions extends ViewOptions {
  /** Unified diffs of the files after the list. */
  readonly diff: boolean;
  /** One line a change, without checks and blank lines. */
  readonly compact: boolean;
  /** False for a set read from a file: what is recorded now is not known. Default true. */
  readonly observed?: boolean;
  /** The command that comes next, ready to paste; `null` leaves the line out. */
  readonly next: string | null;
}

/** A plan for people: header, what is destroyed, changes by plan and file, findings, summary, next command (the last line). */
export function planView(plan: PlanResult, options: PlanViewOptions): string {
  const style = createStyle(options.color);
  const { set } = plan;
  if (!isPending(set) && plan.blockers.length === 0) return nothingToDo(plan, style);
  const sections = [
    options.compact ? [] : header(plan, style, options),
    destructive(set.parts, style),
    ...set.parts.map((part) => partLines(part, plan, style, options)),
    notObserved(plan, style),
    hidden(plan, options, style),
    options.diff ? diffs(plan, style) : [],
    findings(plan, style, options),
    [style.bold(planSummary(set)), ...nextLine(plan, options)],
  ].filter((lines) => lines.length > 0);
  const gap = options.compact ? '\n' : '\n\n';
  return sections.map((lines) => lines.join('\n')).join(gap);
}

function nothingToDo({ set, warnings, against }: PlanResult, style: Style): string {
  const count = unchangedCount(set);
  const lines = warnings.map((w) => `${style.yellow('warning')}: ${printable(w.message)}`);
  lines.push(
    `Nothing to do: ${plural(count, 'item')} in sync on ${printable(set.host)}${against === undefined ? '' : ', as recorded'}.`,
  );
  return lines.join('\n');
}

function header(
  { set, recordedCommit, against }: PlanResult,
  style: Style,
  { observed }: PlanViewOptions,
): readonly string[] {
  const { commit, dirty } = set.meta;
  const tree = commit === null ? 'not in git' : `commit ${shortId(commit)}`;
  const mark = dirty.length === 0 ? '' : style.yellow(` + ${plural(dirty.length, 'changed file')}`);
  const recorded =
    recordedCommit === null ? ', nothing recorded yet' : `, recorded ${shortId(recordedCommit)}`;
  return [
    `${style.bold(printable(set.host))}  workspace ${printable(set.workspace)}, ${tree}${mark}${observed === false ? '' : recorded}`,
    style.dim(`change set ${shortId(set.digest)}${untilText(set)}`),
    ...(against === undefined ? [] : [style.dim(groundLine(against))]),
  ];
}

function untilText({ notAfter }: PlanResult['set']): string {
  return notAfter === undefined ? '' : `, not to be applied after ${timeText(notAfter)}`;
}

/** How old the knowledge is that the plan stands on. */
function groundLine({ record, at, drifted }: NonNullable<PlanResult['against']>): string {
  if (record === null)
    return 'planned without the host: setpoint.yaml names no remote for its record';
  if (at === null) return `planned without the host: ${printable(record)} has no record of it`;
  const drift = drifted === 0 ? '' : `; ${plural(drifted, 'item')} had drifted then`;
  return `planned without the host: as ${printable(record)} has it since ${timeText(at)}${drift}`;
}

function notObserved({ set }: PlanResult, style: Style): readonly string[] {
  return (set.meta.notObserved ?? []).map(
    ({ plan, path, reason }) =>
      `${style.yellow('?')} not observed: ${printableLine(path)} (plan ${printable(plan)}, ${reason})`,
  );
}

function destructive(parts: readonly PlanPart[], style: Style): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    if (takesAway(part)) {
      const what = plural(part.items.filter(isGivenBack).length, 'item');
      lines.push(`  plan ${printable(part.plan)} is gone: gives ${what} back`);
    }
    for (const file of part.files) {
      if (file.write && file.after === null && file.before !== null) {
        lines.push(`  deletes ${printableLine(file.path)} (plan ${printable(part.plan)})`);
      }
    }
  }
  return lines.length === 0 ? [] : [style.red(style.bold('Destructive:')), ...lines.map(style.red)];
}

function partLines(
  part: PlanPart,
  { openRunFiles, schedules, windows }: PlanResult,
  style: Style,
  options: PlanViewOptions,
): readonly string[] {
  if (options.compact) {
    const lines = windowLine(part, windows, style).map((line) => printable(part.plan) + line);
    return [...compactLines(part, style, options), ...lines];
  }
  const title = `${style.bold(printable(part.plan))}  ${style.dim(printable(part.file))}`;
  const head = part.operation === 'release' ? `${title}  ${style.red('(release)')}` : title;
  if (isRecordOnly(part)) return [head, style.dim(`  ${recordOnly(part)}`)];
  const groups = fileGroups(part, style, options, openRunFiles, schedules);
  const gates = planGateLine(part);
  const window = windowLine(part, windows, style);
  return [head, ...groups, ...(gates === null ? [] : [`  ${style.dim(gates)}`]), ...window];
}

/** When the plan may be applied. */
function windowLine(
  { plan }: PlanPart,
  windows: PlanResult['windows'],
  style: Style,
): readonly string[] {
  const found = windows?.find((one) => one.plan === plan);
  if (found === undefined) return [];
  const text = `change window: ${printable(found.message)}`;
  return [`  ${found.standing === 'open' ? style.dim(text) : style.yellow(text)}`];
}

function isRecordOnly({ items, files }: PlanPart): boolean {
  return items.length === 0 && files.every(isUntouched);
}

function recordOnly({ operation, unchanged }: PlanPart): string {
  if (operation === 'release') return 'drops its record';
  return `only its record changes; ${plural(unchanged, 'item')} in sync`;
}

function isUntouched({ write, record }: PlanPart['files'][number]): boolean {
  return !write && record?.was === undefined;
}

/** Address first, as it is written in other commands. */
function compactLines(part: PlanPart, style: Style, { width }: ViewOptions): readonly string[] {
  if (isRecordOnly(part)) return [`${printable(part.plan)}  ${style.dim(recordOnly(part))}`];
  const items = part.items.map((item) => {
    const address = printable(`${part.plan}/${item.resource}`);
    return `${address}  ${itemLine(item, style, width - address.length - 2)}`;
  });
  const rules = part.files.flatMap(({ path, record }) =>
    record?.was === undefined
      ? []
      : [`${printable(part.plan)}  ${printableLine(path)} recorded ${record.was} → ${record.rule}`],
  );
  return [...items, ...rules];
}

function hidden(plan: PlanResult, options: PlanViewOptions, style: Style): readonly string[] {
  const count = unchangedCount(plan.set);
  if (count === 0 || options.compact) return [];
  return [style.dim(`${count} unchanged hidden`)];
}

function diffs({ set }: PlanResult, style: Style): readonly string[] {
  return Object.values(set.meta.diffs)
    .filter((diff) => diff !== '')
    .map((diff) => diffText(diff, style));
}

function findings(
  plan: PlanResult,
  style: Style,
  { repeatedFlags }: ViewOptions,
): readonly string[] {
  const lines = plan.set.parts.flatMap((part) =>
    part.warnings.map((warning) => {
      const [label, text] =
        typeof warning === 'string'
          ? ['warning', warning]
          : [`warning[${warning.code}]`, warning.message];
      return `${style.yellow(label)}: ${printable(`${part.plan}: ${text}`)}`;
    }),
  );
  for (const { code, message } of plan.warnings) {
    lines.push(`${style.yellow(`warning[${code}]`)}: ${printable(message)}`);
  }
  const hasHelp = helpOnce(plan.blockers);
  for (const blocker of plan.blockers) {
    const { code, message, help } = blocker;
    lines.push(`${style.red(`blocked[${code}]`)}: ${printable(message)}`);
    if (help === undefined || !hasHelp(blocker)) continue;
    lines.push(`  ${style.green('help')}: ${printable(withFlags(help, repeatedFlags))}`);
  }
  return lines;
}

function nextLine(plan: PlanResult, options: PlanViewOptions): readonly string[] {
  if (options.next === null) return [];
  if (plan.blockers.length > 0) {
    return [`Next: settle what blocks (above), then ${options.next}`];
  }
  return [`Next: ${options.next}`];
}
