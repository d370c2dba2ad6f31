import type { JsonValue } from '../model/item.ts';
import type { Entry, Node } from './node.ts';

/** What stands in a slot. */
export type Content =
  /** As it is in the file. */
  | { readonly kind: 'kept'; readonly node: Node }
  /** A collection of the file, or an empty place, whose entries are edited. */
  | { readonly kind: 'box'; readonly box: Box }
  /** To be written in the style of the file; of a scalar in the place of another one, in the style of that. */
  | { readonly kind: 'fresh'; readonly value: JsonValue; readonly like: Node | null }
  /** A scalar as it once stood there, in the place of another one. */
  | {
      readonly kind: 'token';
      readonly value: JsonValue;
      readonly text: string;
      readonly node: Node;
    }
  /** A whole entry as it once stood there. */
  | { readonly kind: 'raw'; readonly value: JsonValue; readonly text: string };

/** A place of an entry in a collection, or of the whole document. Changed while edits are made. */
export interface Slot {
  readonly home: Box | null;
  readonly key: string;
  /** As it is in the file; `null`: it is new. */
  readonly entry: Entry | null;
  /** Of a block: where its lines end, with comment lines that are deeper than itself. */
  readonly bodyEnd: number;
  content: Content;
  /** Of a block: comment and blank lines before it that are not its own. */
  gap: string;
  /** Of a block: blank and comment lines above it that go with it. */
  lead: string;
  /** In brackets: what stands before it, with the comma. */
  sep: string;
  before: Slot | null;
  after: Slot | null;
  gone: boolean;
}

/** How an empty collection is written: what stands behind the colon, and the value. */
export interface Holder {
  readonly between: string;
  readonly raw: string;
  readonly value: JsonValue;
}

/** An opened collection. Changed while edits are made. */
export interface Box {
  readonly kind: 'map' | 'list';
  readonly flow: boolean;
  readonly root: boolean;
  /** The collection in the file; `null`: an empty place. */
  readonly node: Node | null;
  /** Of a block: columns before its keys or dashes. */
  readonly column: number;
  /** Of a block: what stands behind the colon or dash on the same line: blanks, a comment and the line end. */
  readonly header: string;
  /** Of a block that may begin behind its dash: the blanks between; it does so where no comment is before its first entry. */
  marker: string | null;
  /** Of a block: foreign lines before its first entry, which go when it becomes empty. */
  readonly gap0: string;
  /** Of a block: lines after its last entry. In brackets: what stands before the closing one. */
  tail: string;
  holder: Holder;
  first: Slot | null;
  last: Slot | null;
  readonly byKey: Map<string, Slot>;
  /** Entries of a list by the text of a field. */
  readonly byField: Map<string, Map<string, Slot[]>>;
}

/** The slots of a box, in order. */
export function* slotsOf(box: Box): Generator<Slot> {
  for (let slot = box.first; slot !== null; slot = slot.after) yield slot;
}

/** What a slot decodes to, with the edits made so far. */
export function valueOf({ content }: Slot): JsonValue {
  if (content.kind === 'kept') return content.node.value;
  if (content.kind !== 'box') return content.value;
  const slots = [...slotsOf(content.box)];
  if (slots.length === 0) return content.box.holder.value;
  if (content.box.kind === 'list') return slots.map((slot) => valueOf(slot));
  return Object.fromEntries(slots.map((slot) => [slot.key, valueOf(slot)]));
}

/** Links a slot behind another one, or as the first one. */
export function link(box: Box, slot: Slot, before: Slot | null): void {
  slot.before = before;
  slot.after = before === null ? box.first : before.after;
  if (slot.after === null) box.last = slot;
  else slot.after.before = slot;
  if (before === null) box.first = slot;
  else before.after = slot;
  if (box.kind === 'map') box.byKey.set(slot.key, slot);
  for (const [field, index] of box.byField) addTo(index, slot, field);
}

/** Takes a slot out; foreign lines before it stay. */
export function unlink(box: Box, slot: Slot): void {
  if (slot.after === null) box.tail = box.flow ? box.tail : slot.gap + box.tail;
  else slot.after.gap = slot.gap + slot.after.gap;
  if (box.flow && slot.before === null && slot.after !== null) slot.after.sep = slot.sep;
  if (slot.before === null) box.first = slot.after;
  else slot.before.after = slot.after;
  if (slot.after === null) box.last = slot.before;
  else slot.after.before = slot.before;
  slot.gone = true;
  if (box.kind === 'map') box.byKey.delete(slot.key);
}

/** Entries of a list whose field has a text. The index is made once for a field, so that ten thousand look-ups are no square of it. */
export function slotsWith(box: Box, field: string, is: string): readonly Slot[] {
  let index = box.byField.get(field);
  if (index === undefined) {
    index = new Map();
    for (const slot of slotsOf(box)) addTo(index, slot, field);
    box.byField.set(field, index);
  }
  return (index.get(is) ?? []).filter((slot) => !slot.gone);
}

function addTo(index: Map<string, Slot[]>, slot: Slot, field: string): void {
  const text = fieldText(valueOf(slot), field);
  if (text === null) return;
  const found = index.get(text);
  if (found === undefined) index.set(text, [slot]);
  else found.push(slot);
}

/** The text of a field of an entry; a number or a boolean as JSON writes it. */
export function fieldText(value: JsonValue, field: string): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const found = Object.getOwnPropertyDescriptor(value, field)?.value as JsonValue | undefined;
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? JSON.stringify(found) : null;
}
