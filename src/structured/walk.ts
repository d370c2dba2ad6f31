import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import type { Box, Slot } from './draft.ts';
import { slotsWith } from './draft.ts';
import type { Node, Oddity } from './node.ts';
import { openBox, openEmpty } from './open-box.ts';
import { refusal } from './refusal.ts';
import { pathText } from './structured.ts';
import type { DocumentPath, Step } from './structured.ts';
import type { Style } from './style.ts';

/** The file that is edited: its text, which ends with a line end, and how it is written. */
export interface Context {
  readonly text: string;
  readonly path: string;
  readonly style: Style;
}

export type Into = 'lines' | 'brackets' | null;

/** Where a path leads: the slots of its steps, as far as there are any. */
export interface Way {
  readonly slots: readonly Slot[];
  /** The step that leads nowhere is this one; the length of the path: all lead somewhere. */
  readonly reached: number;
}

/**
 * Walks as far as a path leads, opening what it leads through. `into`: places that are empty are opened, too, for an entry to be put
 * there, as lines where brackets do not forbid it or, for `brackets`, as they are. Fails with SP2205 (through an anchor, an alias or a tag), SP2206 (through a value of another type; two entries of that name).
 */
export function walk(context: Context, root: Slot, path: DocumentPath, into: Into): Result<Way> {
  const slots = [root];
  for (const [index, step] of path.entries()) {
    const from = slots[index] ?? root;
    const box = boxIn(context, from, step, into, path.slice(0, index));
    if (!box.ok) return box;
    if (box.value === null) return ok({ slots, reached: index });
    const found = childOf(box.value, step);
    if (found.length > 1) {
      const message = `${found.length} entries are ${pathText(path.slice(0, index + 1))}`;
      const help = 'give each entry a name of its own';
      return fail(refusal('SP2206', spotOf(context, found[1] ?? from), message, help));
    }
    const [slot] = found;
    if (slot === undefined) return ok({ slots, reached: index });
    slots.push(slot);
  }
  return ok({ slots, reached: path.length });
}

function childOf(box: Box, step: Step): readonly Slot[] {
  if (typeof step !== 'string') return slotsWith(box, step.field, step.is);
  const slot = box.byKey.get(step);
  return slot === undefined ? [] : [slot];
}

/** `null`: there is none, and the value is to be edited as such. */
function boxIn(
  context: Context,
  slot: Slot,
  step: Step,
  into: Into,
  here: DocumentPath,
): Result<Box | null> {
  const kind = typeof step === 'string' ? 'map' : 'list';
  const { content } = slot;
  if (content.kind === 'box' && content.box.kind === kind) return ok(content.box);
  const value = content.kind === 'box' ? undefined : contentValue(slot);
  const fits =
    value === null || (typeof value === 'object' && Array.isArray(value) === (kind === 'list'));
  if (!fits) {
    const message = `${pathText(here)} is not a ${kind}`;
    const help = `write a ${kind} there, or correct the path`;
    return fail(refusal('SP2206', spotOf(context, slot), message, help));
  }
  if (content.kind !== 'kept') return ok(null);
  const odd = oddAt(context, slot, content.node.odd);
  if (odd !== null) return fail(odd);
  const box = open(context, slot, content.node, kind, into);
  if (box !== null) slot.content = { kind: 'box', box };
  return ok(box);
}

function open(
  { text, style }: Context,
  slot: Slot,
  node: Node,
  kind: 'map' | 'list',
  into: Into,
): Box | null {
  const inBrackets = style.format === 'json' || slot.home?.flow === true;
  const isEmpty = node.kind === 'scalar' || node.entries.length === 0;
  if (isEmpty && into === null) return null;
  const comment = node.kind !== 'scalar' && /#/.test(text.slice(node.start, node.end));
  if (isEmpty && !inBrackets && !comment && into === 'lines')
    return openEmpty(text, slot, node, kind, style);
  if (node.kind === 'scalar') return null;
  const box = openBox(text, slot, node);
  if (isEmpty) box.holder = { ...box.holder, raw: text.slice(node.start, node.end) };
  return box;
}

function contentValue({ content }: Slot): unknown {
  if (content.kind === 'kept') return content.node.value;
  return content.kind === 'box' ? undefined : content.value;
}

/** What readers do with a place that an edit could break (SP2205). */
export function oddAt(context: Context, slot: Slot, odd: Oddity | null): Diagnostic | null {
  if (odd === null) return null;
  const message = `what is to be edited has ${odd.what}`;
  const help = 'write the value out at this place, then try again';
  return refusal('SP2205', spotOf(context, slot), message, help);
}

export function spotOf(
  { text, path }: Context,
  slot: Slot,
): { readonly path: string; readonly text: string; readonly offset: number } {
  const start = slot.entry?.start ?? (slot.content.kind === 'kept' ? slot.content.node.start : 0);
  return { path, text, offset: start };
}
