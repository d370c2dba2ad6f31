import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isWellFormed } from '../model/well-formed.ts';
import type { JsonValue } from '../model/item.ts';
import type { Slot } from './draft.ts';
import { fieldText, valueOf } from './draft.ts';
import { addSlot, nodeOf } from './put-slot.ts';
import { readRecord } from './record.ts';
import type { WasAbsent, WasThere } from './record.ts';
import { refusal } from './refusal.ts';
import { hasPlace, isEmptied, putBack, restoreSlot } from './restore-slot.ts';
import { removeSlot, setSlot } from './set-value.ts';
import { pathText } from './structured.ts';
import type { DocumentPath, StructuredEdit } from './structured.ts';
import { valueAt, withValue } from './value-edit.ts';
import { oddAt, walk } from './walk.ts';
import type { Context } from './walk.ts';

/** An entry that is to come back, once it is known which of its neighbours do. */
export interface Later {
  readonly path: DocumentPath;
  readonly record: WasThere;
}

/** Makes an edit in the draft; entries that come back are noted for later. Tells why not. */
export function applyEdit(
  context: Context,
  root: Slot,
  edit: StructuredEdit,
  later: Later[],
): readonly Diagnostic[] {
  if (edit.op === 'set') return listOf(setAt(context, root, edit.path, edit.value));
  if (edit.op === 'remove') return listOf(removeAt(context, root, edit.path));
  const record = readRecord(edit.before);
  if (record === null) {
    const message = `what was recorded of ${pathText(edit.path)} is not understood`;
    const help = 'recorded state was written by another version of setpoint, or was changed';
    return [refusal('SP2208', context.path, message, help)];
  }
  if (!record.exists) return listOf(restoreAbsent(context, root, edit.path, record));
  const way = walk(context, root, edit.path, null);
  if (!way.ok) return way.diagnostics;
  const slot = way.value.slots.at(-1) ?? root;
  forgetNames(way.value.slots, edit.path);
  if (way.value.reached === edit.path.length) return listOf(restoreSlot(context, slot, record));
  later.push({ path: edit.path, record });
  return [];
}

/** Entries whose neighbours are there first, forth and back, so that rows of them find their places; then the rest. */
export function restoreLater(
  context: Context,
  root: Slot,
  later: readonly Later[],
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  let waiting = later;
  let sure = true;
  while (waiting.length > 0) {
    const left: Later[] = [];
    for (const [index, one] of waiting.entries()) {
      const done = restoreOne(context, root, one, sure || index > 0);
      if (done === 'wait') left.push(one);
      else problems.push(...listOf(done));
    }
    sure = left.length < waiting.length;
    waiting = left.toReversed();
  }
  return problems;
}

function restoreOne(
  context: Context,
  root: Slot,
  { path, record }: Later,
  onlySure: boolean,
): Diagnostic | null | 'wait' {
  const into = record.place?.form === 'flow' ? 'brackets' : 'lines';
  const way = walk(context, root, path, into);
  if (!way.ok) return way.diagnostics[0] ?? null;
  const { slots, reached } = way.value;
  const step = path.at(-1);
  const parent = slots.at(-1)?.content;
  if (step === undefined || reached < path.length - 1 || parent?.kind !== 'box') {
    return setAt(context, root, path, record.value);
  }
  if (reached === path.length) return restoreSlot(context, slots.at(-1) ?? root, record);
  if (onlySure && !hasPlace(parent.box, record, step)) return 'wait';
  putBack(context, { box: parent.box, around: slots }, record, step);
  return null;
}

/** An entry may be found by other names behind an edit of it: by those of the field that is edited, or of all but the one that names it. */
function forgetNames(slots: readonly Slot[], path: DocumentPath): void {
  const step = path.at(-1);
  if (typeof step === 'string') {
    for (const { home } of slots) home?.byField.delete(step);
    return;
  }
  const names = slots.at(-1)?.home?.byField;
  for (const field of names?.keys() ?? []) if (field !== step?.field) names?.delete(field);
}

function setAt(
  context: Context,
  root: Slot,
  path: DocumentPath,
  value: JsonValue,
): Diagnostic | null {
  const bad = unwritable(context, path, value);
  if (bad !== null) return bad;
  const way = walk(context, root, path, 'lines');
  if (!way.ok) return way.diagnostics[0] ?? null;
  const { slots, reached } = way.value;
  const slot = slots.at(-1) ?? root;
  forgetNames(slots, path);
  if (reached === path.length) return setSlot(context, slot, value);
  const step = path[reached];
  const { content } = slot;
  if (step === undefined || content.kind !== 'box') {
    const whole = withValue(valueOf(slot), path.slice(reached), value) ?? null;
    const odd = content.kind === 'kept' ? oddAt(context, slot, content.node.oddWithin) : null;
    slot.content = { kind: 'fresh', value: whole, like: nodeOf(content) };
    return odd;
  }
  const key = typeof step === 'string' ? step : '';
  const rest = path.slice(reached + 1);
  const inner = withValue(undefined, rest, value) ?? null;
  const named =
    typeof step === 'string' || rest.length === 0
      ? inner
      : { [step.field]: step.is, ...(inner as object) };
  addSlot(context, content.box, key, named);
  return null;
}

function removeAt(context: Context, root: Slot, path: DocumentPath): Diagnostic | null {
  if (path.length === 0) return setSlot(context, root, null);
  const way = walk(context, root, path, null);
  if (!way.ok) return way.diagnostics[0] ?? null;
  const { slots, reached } = way.value;
  const slot = slots.at(-1) ?? root;
  const box = slot.home;
  forgetNames(slots, path);
  if (reached === path.length && box !== null) return removeSlot(context, box, slot);
  const rest = path.slice(reached);
  if (slot.content.kind === 'box' || valueAt(valueOf(slot), rest) === undefined) return null;
  const value = withValue(valueOf(slot), rest, undefined) ?? null;
  slot.content = { kind: 'fresh', value, like: nodeOf(slot.content) };
  return null;
}

/** Takes away what was not there, and the parents that were made for it. */
function restoreAbsent(
  context: Context,
  root: Slot,
  path: DocumentPath,
  { reached, holder }: WasAbsent,
): Diagnostic | null {
  const problem = removeAt(context, root, path);
  if (problem !== null) return problem;
  for (let length = path.length - 1; length > reached; length -= 1) {
    const parents = path.slice(0, length);
    const way = walk(context, root, parents, null);
    const slot = way.ok && way.value.reached === length ? way.value.slots.at(-1) : undefined;
    if (slot === undefined || !isEmptied(slot, parents.at(-1))) continue;
    const stuck = removeAt(context, root, parents);
    if (stuck !== null) return stuck;
  }
  const way = walk(context, root, path.slice(0, reached), null);
  const slot = way.ok && way.value.reached === reached ? way.value.slots.at(-1) : undefined;
  if (holder !== null && slot?.content.kind === 'box') slot.content.box.holder = holder;
  return null;
}

/** What YAML and JSON do not hold, or an entry that would not be found again (SP2210). */
function unwritable(context: Context, path: DocumentPath, value: JsonValue): Diagnostic | null {
  const step = path.at(-1);
  const help = 'correct the value';
  if (typeof step === 'object' && fieldText(value, step.field) !== step.is) {
    const message = `an entry for ${pathText(path)} must have ${step.field}: ${step.is}`;
    return refusal('SP2210', context.path, message, help);
  }
  const bad =
    !isJson(value) || !path.every((one) => isWellFormed(typeof one === 'string' ? one : one.is));
  if (!bad) return null;
  const message = `the value for ${pathText(path)} holds what a file cannot: half a character, or a number without end`;
  return refusal('SP2210', context.path, message, help);
}

function isJson(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object') return false;
  return Object.entries(value).every(([key, one]) => isWellFormed(key) && isJson(one));
}

function listOf(problem: Diagnostic | null): readonly Diagnostic[] {
  return problem === null ? [] : [problem];
}
