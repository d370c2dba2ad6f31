import { blockLineOf } from './block-line.ts';
import type { BlockLine } from './block-line.ts';
import { flowSlotOf } from './flow-slot.ts';
import type { FlowSlot } from './flow-slot.ts';
import type { ItemList, ListItem } from './item-list.ts';

export type ItemLayout =
  | { readonly form: 'block'; readonly line: BlockLine }
  | { readonly form: 'flow'; readonly slot: FlowSlot };

/**
 * How an item is laid out, when it can be spliced: on lines of its own, or between plain commas. Else `null`: also for a block
 * scalar with a comment behind its `>-`, which an edit would lose, and for a quoted one in which a blank line follows a `\` at a
 * line's end: readers differ about it.
 */
export function layoutOf(text: string, list: ItemList, item: ListItem): ItemLayout | null {
  const scalar = text.slice(item.start, item.end);
  if (item.style === 'block' && /^[^\n]*#/.test(scalar)) return null;
  if (item.style === 'double' && /\\\r?\n[ \t]*\r?\n/.test(scalar)) return null;
  if (list.flow) {
    const slot = flowSlotOf(text, list, item.index);
    return slot === null ? null : { form: 'flow', slot };
  }
  const line = blockLineOf(text, item);
  return line === null ? null : { form: 'block', line };
}
