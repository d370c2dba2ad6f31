import { gapAt } from '../text/block-line.ts';
import type { CommandLine, FlagToken } from './command-line.ts';
import { listOf } from '../pod/container.ts';
import type { ItemBefore, LayoutBefore } from './flag-before.ts';
import type { ItemList } from '../text/item-list.ts';
import { layoutOf } from '../text/list-layout.ts';
import type { ItemLayout } from '../text/list-layout.ts';
import { itemNames, neighboursOf } from './neighbours.ts';
import type { Neighbours } from './neighbours.ts';
import { eolBefore } from '../text/source-lines.ts';

/** A flag's item as recorded before management. `window` bounds how many neighbours are kept. */
export function itemBefore(line: CommandLine, flag: FlagToken, window?: number): ItemBefore | null {
  const { text } = line.container.source;
  const { item } = flag;
  const list = listOf(line.container, item.list);
  const layout = list === null ? null : layoutOf(text, list, item);
  if (list === null || layout === null) return null;
  const around = neighboursOf(itemNames(line, list), item.index, window);
  return {
    list: list.name,
    text: item.text,
    scalar: text.slice(item.start, item.end),
    layout: layoutBefore(text, list, item.index, layout, around),
    ...around,
  };
}

function layoutBefore(
  text: string,
  list: ItemList,
  index: number,
  layout: ItemLayout,
  around: Neighbours,
): LayoutBefore {
  if (layout.form === 'flow') return { form: 'flow', ...layout.slot };
  const { marker, tail, eol, start } = layout.line;
  const lead = around.preceding.map((_name, rank) => gapAt(text, list, index - rank).lines);
  const trail = around.following.map((_name, rank) => gapAt(text, list, index + 1 + rank).lines);
  // A last line without line end: what matters is how it was separated from the line before.
  const separator = eol || eolBefore(text, start) || '\n';
  return { form: 'block', marker, tail, eol: separator, lead, trail };
}
