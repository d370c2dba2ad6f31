import { blockLineOf } from './block-line.ts';
import type { BlockLine } from './block-line.ts';
import { flowSlotOf } from './flow-slot.ts';
import type { FlowSlot } from './flow-slot.ts';
import type { ItemList, ListItem } from './item-list.ts';

export type ItemLayout =
  | { readonly form: 'block'; readonly line: BlockLine }
  | { readonly form: 'flow'; readonly slot: FlowSlot };

/** How an item is laid out, when it can be spliced: on one line of its own, or between plain commas. Else `null`. */
export function layoutOf(text: string, list: ItemList, item: ListItem): ItemLayout | null {
  if (item.style === 'block' || text.slice(item.start, item.end).includes('\n')) return null;
  if (list.flow) {
    const slot = flowSlotOf(text, list, item.index);
    return slot === null ? null : { form: 'flow', slot };
  }
  const line = blockLineOf(text, item);
  return line === null ? null : { form: 'block', line };
}
