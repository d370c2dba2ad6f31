import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { JsonObject, JsonValue } from '../model/item.ts';
import { isJsonObject } from '../model/json-object.ts';
import type { Box, Slot } from './draft.ts';
import { slotsOf, unlink, valueOf } from './draft.ts';
import { openBox } from './open-box.ts';
import { addSlot, nodeOf } from './put-slot.ts';
import { refusal } from './refusal.ts';
import { oddAt, spotOf } from './walk.ts';
import type { Context } from './walk.ts';

/**
 * Gives a slot another value: what is equal stays as it is written, maps are edited field by field, lists entry by entry between what
 * they have in common at both ends. Tells why not (SP2205, SP2209).
 */
export function setSlot(context: Context, slot: Slot, value: JsonValue): Diagnostic | null {
  const now = valueOf(slot);
  if (isDeepStrictEqual(now, value)) return null;
  const { content } = slot;
  const odd = content.kind === 'kept' ? oddAt(context, slot, content.node.oddWithin) : null;
  if (odd !== null) return odd;
  const box = boxFor(context, slot, value);
  if (box === null) {
    slot.content = { kind: 'fresh', value, like: nodeOf(content) };
    return null;
  }
  slot.content = { kind: 'box', box };
  return isJsonObject(value)
    ? setMap(context, box, value)
    : setList(context, box, value as JsonValue[]);
}

/** The opened collection whose entries become those of the value; `null`: it is written anew. */
function boxFor(context: Context, slot: Slot, value: JsonValue): Box | null {
  const { content } = slot;
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return null;
  const kind = Array.isArray(value) ? 'list' : 'map';
  if (content.kind === 'box') {
    return content.box.kind === kind && content.box.first !== null ? content.box : null;
  }
  if (content.kind !== 'kept' || content.node.kind !== kind) return null;
  return content.node.entries.length === 0 ? null : openBox(context.text, slot, content.node);
}

function setMap(context: Context, box: Box, value: JsonObject): Diagnostic | null {
  for (const [key, field] of Object.entries(value)) {
    const slot = box.byKey.get(key);
    const problem = slot === undefined ? null : setSlot(context, slot, field);
    if (slot === undefined) addSlot(context, box, key, field);
    if (problem !== null) return problem;
  }
  const gone = [...slotsOf(box)].filter((slot) => !Object.hasOwn(value, slot.key));
  return removeAll(context, box, gone);
}

function setList(context: Context, box: Box, value: readonly JsonValue[]): Diagnostic | null {
  const slots = [...slotsOf(box)];
  const most = Math.min(slots.length, value.length);
  let head = 0;
  while (head < most && isSame(slots[head], value[head])) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(slots.at(-1 - tail), value.at(-1 - tail))) tail += 1;
  const old = slots.slice(head, slots.length - tail);
  let before = slots[head - 1] ?? null;
  for (const [index, item] of value.slice(head, value.length - tail).entries()) {
    const slot = old[index];
    const problem = slot === undefined ? null : setSlot(context, slot, item);
    if (problem !== null) return problem;
    before = slot ?? addSlot(context, box, '', item, before);
  }
  box.byField.clear();
  return removeAll(context, box, old.slice(value.length - tail - head));
}

function isSame(slot: Slot | undefined, other: JsonValue | undefined): boolean {
  return slot !== undefined && isDeepStrictEqual(valueOf(slot), other);
}

function removeAll(context: Context, box: Box, gone: readonly Slot[]): Diagnostic | null {
  for (const slot of gone) {
    const problem = removeSlot(context, box, slot);
    if (problem !== null) return problem;
  }
  return null;
}

/** Takes an entry away with what belongs to it. Tells why not (SP2205, SP2209). */
export function removeSlot(context: Context, box: Box, slot: Slot): Diagnostic | null {
  const { content } = slot;
  const odd = content.kind === 'kept' ? oddAt(context, slot, content.node.oddWithin) : null;
  if (odd !== null) return odd;
  const beside = slot.before === null ? (slot.after?.sep ?? '') + box.tail : '';
  if (box.flow && /#/.test(slot.sep + beside + (slot.after === null ? box.tail : ''))) {
    const help = 'remove the comment, or write the list with one entry a line and dashes';
    const message = 'a comment stands beside what is to be removed from between brackets';
    return refusal('SP2209', spotOf(context, slot), message, help);
  }
  unlink(box, slot);
  return null;
}
