import type { ItemKey } from '../model/brand.ts';
import type { ItemEdit } from './kind.ts';

/** The item that an edit is about. */
export function editedKey(edit: ItemEdit): ItemKey {
  return edit.op === 'set' ? edit.item.key : edit.key;
}
