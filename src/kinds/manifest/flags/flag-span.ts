import { listOf } from '../pod/container.ts';
import type { ItemList, ListItem } from '../text/item-list.ts';
import { layoutOf } from '../text/list-layout.ts';
import type { ItemLayout } from '../text/list-layout.ts';
import type { CommandLine } from './command-line.ts';
import type { FlagToken } from './token.ts';

/** Where a flag stands in its list: its item, or its item and its value's. */
export interface FlagSpan {
  readonly list: ItemList;
  readonly first: ListItem;
  readonly last: ListItem;
  /** Of both items as one: the marker before the first, what stands behind the last. */
  readonly layout: ItemLayout;
}

/** `null` when the flag cannot be spliced: an item not on lines of its own, or its value not right behind it in the same list. */
export function spanOf(line: CommandLine, { item, valueItem }: FlagToken): FlagSpan | null {
  const { text } = line.container.source;
  const list = listOf(line.container, item.list);
  const layout = list === null ? null : layoutOf(text, list, item);
  if (list === null || layout === null) return null;
  if (valueItem === null) return { list, first: item, last: item, layout };
  const end = valueItem.list === item.list ? layoutOf(text, list, valueItem) : null;
  const joined = end === null ? null : join(layout, end);
  return joined === null ? null : { list, first: item, last: valueItem, layout: joined };
}

/** Comments and blank lines between the two would have no place when the flag goes. */
function join(first: ItemLayout, last: ItemLayout): ItemLayout | null {
  if (first.form === 'flow' && last.form === 'flow') {
    return { form: 'flow', slot: { before: first.slot.before, after: last.slot.after } };
  }
  if (first.form === 'flow' || last.form === 'flow') return null;
  if (first.line.next !== last.line.start) return null;
  const { start, marker } = first.line;
  return { form: 'block', line: { ...last.line, start, marker } };
}
