import type { ItemList } from './item-list.ts';

/** The separators around an item of a flow list (`[a, b]`), or of a JSON array. */
export interface FlowSlot {
  /** From the end of the item before (or the `[`) to the item: `, `. */
  readonly before: string;
  /** From the item to the next item, or to the `]`. */
  readonly after: string;
}

/** Separators around the item at an index; `null` when comments or anything but blanks and commas stand there. */
export function flowSlotOf(text: string, list: ItemList, index: number): FlowSlot | null {
  const item = list.items[index];
  if (item === undefined) return null;
  const previous = list.items[index - 1];
  const next = list.items[index + 1];
  const before = text.slice(previous === undefined ? list.start + 1 : previous.end, item.start);
  const after = text.slice(item.end, next === undefined ? list.end - 1 : next.start);
  const separator = /^\s*,\s*$/;
  const beforeFits = previous === undefined ? /^\s*$/.test(before) : separator.test(before);
  const afterFits = next === undefined ? /^\s*,?\s*$/.test(after) : separator.test(after);
  return beforeFits && afterFits ? { before, after } : null;
}
