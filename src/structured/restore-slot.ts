import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Box, Slot } from './draft.ts';
import { link, slotsWith, valueOf } from './draft.ts';
import { addSlot, linkWithGap } from './put-slot.ts';
import { bare } from './open-box.ts';
import type { BlockPlace, FlowPlace, WasThere } from './record.ts';
import { setSlot } from './set-value.ts';
import type { Step } from './structured.ts';
import type { Context } from './walk.ts';

/** Gives a place that is there its earlier text: a scalar for a scalar alone, else the whole entry. */
export function restoreSlot(context: Context, slot: Slot, record: WasThere): Diagnostic | null {
  const { home, content } = slot;
  const { place, token, value } = record;
  const node = content.kind === 'kept' ? content.node : null;
  if (home === null || node === null || place === null || !fits(home, place)) {
    return setSlot(context, slot, value);
  }
  if (node.odd !== null) return setSlot(context, slot, value);
  if (token !== null && node.kind === 'scalar' && node.style !== 'block') {
    slot.content = { kind: 'token', value, text: token, node };
    return null;
  }
  slot.content = { kind: 'raw', value, text: withEol(place.body, context) };
  return null;
}

/** Whether the neighbours of an entry that is gone tell its place. */
export function hasPlace(box: Box, record: WasThere, step: Step): boolean {
  return (
    record.first ||
    neighbour(box, record.prev, step) !== null ||
    neighbour(box, record.next, step) !== null
  );
}

/** Puts an entry back that is gone: behind the one before, else before the one behind, else at the end. */
export function putBack(context: Context, box: Box, record: WasThere, step: Step): void {
  const before = neighbour(box, record.prev, step);
  const after = neighbour(box, record.next, step);
  const { place, value } = record;
  const behind = record.first ? null : (before ?? (after === null ? box.last : after.before));
  const key = typeof step === 'string' ? step : '';
  if (place === null || !fits(box, place)) {
    addSlot(context, box, key, value, behind);
    return;
  }
  const slot = bare(box, key, null);
  slot.content = { kind: 'raw', value, text: withEol(place.body, context) };
  if (place.form === 'flow') {
    putInBrackets(context, box, slot, place, behind);
    return;
  }
  slot.lead = withEol(place.lead, context);
  if (behind === null && box.first === null) slot.gap = withEol(place.header, context);
  if (behind === null && place.marker !== null) box.marker = place.marker;
  if (behind === null && box.first === null) link(box, slot, null);
  else if (record.first || before !== null) linkWithGap(box, slot, behind, place.skip);
  else linkWithGap(box, slot, behind, Number.MAX_SAFE_INTEGER);
}

function putInBrackets(
  context: Context,
  box: Box,
  slot: Slot,
  place: FlowPlace,
  behind: Slot | null,
): void {
  const next = behind === null ? box.first : behind.after;
  const hasComma = /^\s*,/.test(place.sep);
  slot.sep = place.sep;
  if (behind === null && hasComma) slot.sep = box.first?.sep ?? place.sep.replace(',', '');
  if (behind !== null && !hasComma) slot.sep = place.next ?? context.style.comma;
  if (behind === null && next !== null) next.sep = place.next ?? context.style.comma;
  if (box.first === null) box.tail = place.tail;
  link(box, slot, behind);
}

/** A block has to be as deep as it was, for its lines to be the same. */
function fits(box: Box, place: BlockPlace | FlowPlace): boolean {
  return place.form === 'flow' ? box.flow : !box.flow && box.column === place.column;
}

function neighbour(box: Box, name: string | null, step: Step): Slot | null {
  if (name === null) return null;
  if (typeof step === 'string') return box.byKey.get(name) ?? null;
  const found = slotsWith(box, step.field, name);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function withEol(text: string, { style }: Context): string {
  return text.replaceAll(/\r?\n/g, style.eol);
}

/** Whether a collection has become empty, or an entry of a list has nothing left but the name by which it is found. */
export function isEmptied(slot: Slot, step: Step | undefined): boolean {
  if (typeof step === 'object') {
    return isDeepStrictEqual(valueOf(slot), { [step.field]: step.is });
  }
  const { content } = slot;
  if (content.kind === 'box') return content.box.first === null;
  const value = valueOf(slot);
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}
