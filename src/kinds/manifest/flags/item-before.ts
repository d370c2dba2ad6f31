import { gapAt } from '../text/block-line.ts';
import type { CommandLine } from './command-line.ts';
import type { FlagToken } from './token.ts';
import type { ItemBefore, LayoutBefore, ValueBefore } from './flag-before.ts';
import { spanOf } from './flag-span.ts';
import type { FlagSpan } from './flag-span.ts';
import type { ListItem } from '../text/item-list.ts';
import { itemNames, neighboursOf } from './neighbours.ts';
import type { Neighbours } from './neighbours.ts';
import { eolBefore } from '../text/source-lines.ts';

/** A flag's item, or both its items, as recorded before management. `window` bounds how many neighbours are kept. */
export function itemBefore(line: CommandLine, flag: FlagToken, window?: number): ItemBefore | null {
  const { text } = line.container.source;
  const span = spanOf(line, flag);
  if (span === null) return null;
  const { list, first, last } = span;
  const names = itemNames(line, list);
  const { preceding } = neighboursOf(names, first.index, window);
  const { following } = neighboursOf(names, last.index, window);
  const around = { preceding, following };
  const { item, valueItem } = flag;
  const next = valueItem === null ? {} : { next: nextBefore(text, item, valueItem) };
  return {
    list: list.name,
    text: item.text,
    scalar: sourceOf(text, item),
    ...next,
    layout: layoutBefore(text, span, around),
    ...around,
  };
}

function nextBefore(text: string, item: ListItem, value: ListItem): ValueBefore {
  const between = text.slice(item.end, value.start);
  return { between, text: value.text, scalar: sourceOf(text, value) };
}

function sourceOf(text: string, { start, end }: ListItem): string {
  return text.slice(start, end);
}

function layoutBefore(text: string, span: FlagSpan, around: Neighbours): LayoutBefore {
  const { list, first, last, layout } = span;
  if (layout.form === 'flow') return { form: 'flow', ...layout.slot };
  const { marker, tail, eol, start } = layout.line;
  const lead = around.preceding.map((_name, rank) => gapAt(text, list, first.index - rank).lines);
  const trail = around.following.map(
    (_name, rank) => gapAt(text, list, last.index + 1 + rank).lines,
  );
  // A last line without line end: what matters is how it was separated from the line before.
  const separator = eol || eolBefore(text, start) || '\n';
  return { form: 'block', marker, tail, eol: separator, lead, trail };
}
