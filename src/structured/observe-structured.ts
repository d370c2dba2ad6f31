import type { JsonObject, JsonValue } from '../model/item.ts';
import { fieldText, valueOf } from './draft.ts';
import type { Box, Slot } from './draft.ts';
import { eolOf, linesOf } from './lines.ts';
import { openEmpty, placeOfRoot, rootSlot } from './open-box.ts';
import { writeRecord } from './record.ts';
import type { BlockPlace, FlowPlace, WasAbsent } from './record.ts';
import type { DocumentPath, Structured } from './structured.ts';
import { styleOf } from './style.ts';
import { valueAt } from './value-edit.ts';
import { walk } from './walk.ts';
import type { Context } from './walk.ts';

export interface Observed {
  /** `undefined`: absent. */
  readonly value: JsonValue | undefined;
  /** For an edit `restore` of the same path. */
  readonly before: JsonObject;
}

interface Look {
  readonly context: Context;
  readonly root: Slot;
}

/** Opened once a document: ten thousand looks at one list are no square of it. */
const looks = new WeakMap<Structured, Look>();

/**
 * The value at a path, and what a later `restore` needs to give back its exact text at its place among the neighbours. What cannot be
 * walked (SP2205, SP2206) is told by value alone; an edit there would be refused.
 */
export function observeStructured(source: Structured, path: DocumentPath): Observed {
  const { context, root } = lookAt(source);
  const way = walk(context, root, path, false);
  if (!way.ok) {
    const value = valueAt(source.value, path);
    return { value, before: writeRecord(value === undefined ? absent(path.length) : there(value)) };
  }
  const { slots, reached } = way.value;
  const slot = slots.at(-1) ?? root;
  if (reached < path.length) {
    const holder = holderOf(context, slot);
    return { value: undefined, before: writeRecord({ exists: false, reached, holder }) };
  }
  const value = valueOf(slot);
  return { value, before: writeRecord({ ...there(value), ...placed(context, slot, path) }) };
}

function lookAt(source: Structured): Look {
  const known = looks.get(source);
  if (known !== undefined) return known;
  const text = endLastLine(source.text);
  const style = styleOf(text, source.root, source.format);
  const look = { context: { text, path: '', style }, root: rootSlot(text, source.root) };
  looks.set(source, look);
  return look;
}

/** Edits work on lines that all have an end. */
export function endLastLine(text: string): string {
  return text.endsWith('\n') ? text : text + eolOf(text);
}

function there(value: JsonValue) {
  const none = { token: null, prev: null, next: null, first: true, place: null };
  return { exists: true as const, value, ...none };
}

function absent(reached: number): WasAbsent {
  return { exists: false, reached, holder: null };
}

function placed({ text }: Context, slot: Slot, path: DocumentPath) {
  const { home, entry, before, after } = slot;
  if (home === null || entry === null) return {};
  const { node } = entry;
  const isToken = node.kind === 'scalar' && node.style !== 'block' && node.start < node.end;
  const token = isToken ? text.slice(node.start, node.end) : null;
  const place = home.flow ? flowPlace(text, slot, home) : blockPlace(text, slot, home);
  const neighbours = {
    prev: nameOf(before, path),
    next: nameOf(after, path),
    first: before === null,
  };
  return { token: token?.includes('\n') === true ? null : token, ...neighbours, place };
}

function blockPlace(text: string, slot: Slot, home: Box): BlockPlace {
  const { entry, lead, gap, bodyEnd, before } = slot;
  const body = text.slice(entry?.start ?? 0, bodyEnd);
  const first = before === null;
  const skip = linesOf(gap).length;
  const header = first && !home.root ? home.gap0 : '';
  return {
    form: 'block',
    column: home.column,
    lead,
    body,
    skip,
    header,
    marker: first ? home.marker : null,
  };
}

function flowPlace(text: string, slot: Slot, home: Box): FlowPlace {
  const { entry, sep, after } = slot;
  const body = text.slice(entry?.start ?? 0, entry?.node.end);
  return { form: 'flow', sep, next: after?.sep ?? null, body, tail: home.tail };
}

function nameOf(slot: Slot | null, path: DocumentPath): string | null {
  const step = path.at(-1);
  if (slot === null || step === undefined) return null;
  return typeof step === 'string' ? slot.key : fieldText(valueOf(slot), step.field);
}

/** How an empty place is written. */
function holderOf({ text, style }: Context, slot: Slot): WasAbsent['holder'] {
  const node = slot.content.kind === 'kept' ? slot.content.node : null;
  if (node === null || (node.kind !== 'scalar' && node.entries.length > 0)) return null;
  const raw = text.slice(node.start, node.end);
  if (slot.entry === null)
    return { between: text.slice(0, placeOfRoot(text, node).start), raw, value: node.value };
  if (slot.home?.flow !== false) return { between: '', raw, value: node.value };
  return openEmpty(text, slot, node, 'map', style).holder;
}
