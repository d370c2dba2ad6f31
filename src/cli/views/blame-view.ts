import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { BlamedItem, BlamedRun, BlameResult, ReleasedItem } from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { planCommitText } from './history-view.ts';
import { cutMiddle, valueText } from './short-text.ts';
import { sections } from './sections.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';
import { timeText } from './time-text.ts';

/** Columns that one value may take on a terminal. */
const VALUE_WIDTH = 32;

/** One line an item, grouped by file: value, what was there before, and the run. */
export function blameView({ items, released }: BlameResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const runs = new Set([...items, ...released].map(({ by }) => by.run));
  const count = [
    ...(items.length > 0
      ? [`${plural(items.length, 'item')}, set by ${plural(runs.size, 'run')}.`]
      : []),
    ...(released.length > 0 ? [`${plural(released.length, 'item')}, no longer owned.`] : []),
  ];
  const next = withFlags('setpoint history show RUN', options.repeatedFlags);
  return sections([
    ...byPath(items).map((group) => fileLines(group, style, options)),
    ...byPath(released).map((group) => releasedLines(group, style, options)),
    [`${count.join(' ')} Next: ${next}`],
  ]);
}

function byPath<T extends { readonly path: string }>(
  items: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.path);
    if (group === undefined) groups.set(item.path, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function fileLines(
  items: readonly BlamedItem[],
  style: Style,
  options: ViewOptions,
): readonly string[] {
  const head = ['  item', 'value', 'before', 'time', 'by', 'plan', 'plan commit', 'run'];
  const rows = items.map((item) => [
    `  ${printableLine(item.label)}`,
    cell(valueText(item.value), options),
    beforeCell(item, style, options),
    ...runCells(item.by, item.owner.plan),
  ]);
  return [printableLine(items[0]?.path ?? ''), ...table([head.map(style.dim), ...rows])];
}

/** What is not `set` was there already: nothing was written. */
function beforeCell(item: BlamedItem, style: Style, options: ViewOptions): string {
  if (item.origin === 'set') {
    return item.before === undefined ? 'not known' : cell(valueText(item.before), options);
  }
  const moved = item.movedFrom === undefined ? '' : `: moved from ${printable(item.movedFrom)}`;
  const how = item.origin === 'adopted' ? ': adopted' : moved;
  const by = item.origin === 'adopted' ? null : (item.earlier?.run ?? null);
  const earlier = by === null ? '' : `, recorded by ${printable(by)}`;
  return style.cyan(`the same${how}${earlier}`);
}

function releasedLines(
  items: readonly ReleasedItem[],
  style: Style,
  options: ViewOptions,
): readonly string[] {
  const head = ['  item', 'last value', 'released', 'by', 'plan', 'plan commit', 'run'];
  const rows = items.map((item) => [
    `  ${printableLine(item.label)}`,
    cell(valueText(item.value), options),
    ...runCells(item.by, item.owner.plan),
    ...(item.movedTo === undefined ? [] : [style.yellow(`moved to ${printable(item.movedTo)}`)]),
  ]);
  const note = style.yellow('released');
  return [
    `${printableLine(items[0]?.path ?? '')}  ${note}`,
    ...table([head.map(style.dim), ...rows]),
  ];
}

function runCells(by: BlamedRun, plan: string): readonly string[] {
  return [
    by.at === null ? '-' : timeText(by.at),
    printable(by.actor ?? '-'),
    printable(plan),
    planCommitText(by.planCommit),
    printable(by.run ?? '-'),
  ];
}

function cell(text: string, { width, verbose }: ViewOptions): string {
  return verbose || width === Number.POSITIVE_INFINITY ? text : cutMiddle(text, VALUE_WIDTH);
}
