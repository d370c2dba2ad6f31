import { blockLineOf } from './block-line.ts';
import type { BlockLine } from './block-line.ts';
import { flowSlotOf } from './flow-slot.ts';
import type { FlowSlot } from './flow-slot.ts';
import type { ItemList, ListItem } from './item-list.ts';

export type ItemLayout =
  | { readonly form: 'block'; readonly line: BlockLine }
  | { readonly form: 'flow'; readonly slot: FlowSlot };

/** How an item is laid out, when it can be spliced: on lines of its own, or between plain commas. Else `null`: see layoutObstacle. */
export function layoutOf(text: string, list: ItemList, item: ListItem): ItemLayout | null {
  if (scalarObstacle(text, item) !== null) return null;
  if (list.flow) {
    const slot = flowSlotOf(text, list, item.index);
    return slot === null ? null : { form: 'flow', slot };
  }
  const line = blockLineOf(text, item);
  return line === null ? null : { form: 'block', line };
}

export interface LayoutObstacle {
  readonly what: string;
  readonly help: string;
}

/** Why an item cannot be spliced, and what to do about it; `null` when it can. */
export function layoutObstacle(
  text: string,
  list: ItemList,
  item: ListItem,
): LayoutObstacle | null {
  if (layoutOf(text, list, item) !== null) return null;
  const ofScalar = scalarObstacle(text, item);
  if (ofScalar !== null) return ofScalar;
  if (list.flow) {
    const what = 'a comment stands beside it inside the brackets';
    const help =
      'move the comment above the list, or write the list without brackets, one `- item` a line';
    return { what, help };
  }
  const what = 'it shares its lines with a comment or with another item';
  return { what, help: 'write it on one line of its own, as `- --flag=value`, comments above it' };
}

/**
 * A comment behind `>-` would be lost by an edit; where a blank line follows a `\` at the end of a line in quotes, readers differ about
 * what is meant.
 */
function scalarObstacle(text: string, item: ListItem): LayoutObstacle | null {
  const scalar = text.slice(item.start, item.end);
  const head = /^([|>][^\s#]*)[^\n]*#/.exec(scalar);
  if (item.style === 'block' && head !== null) {
    const what = `a comment stands behind its \`${head[1]}\``;
    return { what, help: 'move the comment to a line above the item' };
  }
  if (item.style === 'double' && /\\\r?\n[ \t]*\r?\n/.test(scalar)) {
    const what = 'a blank line follows a `\\` in its quotes';
    return { what, help: 'write the item on one line' };
  }
  return null;
}
