import type { JsonValue } from '../model/item.ts';
import type { Box, Content, Slot } from './draft.ts';
import { link } from './draft.ts';
import { linesOf } from './lines.ts';
import type { Node } from './node.ts';
import { takesBlankLines } from './open-end.ts';
import { bare } from './open-box.ts';
import type { Style } from './style.ts';
import { lineStart } from './lines.ts';

/** A new entry behind another one (`null`: as the first), written as the entry before it is. */
export function addSlot(
  { text, style }: { readonly text: string; readonly style: Style },
  box: Box,
  key: string,
  value: JsonValue,
  before: Slot | null = box.last,
): Slot {
  const slot = bare(box, key, null);
  const model = before ?? box.first;
  slot.content = {
    kind: 'fresh',
    value,
    like: box.kind === 'list' ? nodeOf(model?.content) : null,
  };
  if (box.flow) {
    const sep = separator(text, box, style);
    slot.sep = before === null ? sep.replace(/^\s*,/, '') : sep;
    if (box.first === null) box.tail = closing(text, box, style);
    else if (before === null) box.first.sep = sep;
  } else if (before !== null && before.before !== null && /^[ \t]*\r?\n/.test(before.lead)) {
    slot.lead = takesBlankLines(text, before) ? '' : style.eol;
  }
  link(box, slot, before);
  return slot;
}

/**
 * Links a slot behind another one (`null`: at the beginning), with so many lines of the gap there before it. Behind the last entry the
 * gap goes on after the collection: `around` are the slots that hold it, from the outside.
 */
export function linkWithGap(
  box: Box,
  slot: Slot,
  before: Slot | null,
  { skip, around }: { readonly skip: number; readonly around: readonly Slot[] },
): void {
  const after = before === null ? box.first : before.after;
  slot.gap = takeLines(box, after, skip);
  let missing = skip - linesOf(slot.gap).length;
  for (const outer of around.toReversed()) {
    if (after !== null || missing === 0 || outer.home === null || outer.home.flow) break;
    const more = takeLines(outer.home, outer.after, missing);
    slot.gap += more;
    missing -= linesOf(more).length;
    if (outer.after !== null) break;
  }
  link(box, slot, before);
}

/** Takes lines from the front of what stands before an entry (`null`: behind the last one), what goes with it last. */
function takeLines(box: Box, after: Slot | null, count: number): string {
  const gap = linesOf(after === null ? box.tail : after.gap);
  const lead = linesOf(after === null ? '' : after.lead);
  const taken = [...gap, ...lead].slice(0, count).join('');
  if (after === null) box.tail = gap.slice(count).join('');
  else {
    after.gap = gap.slice(count).join('');
    after.lead = lead.slice(Math.max(0, count - gap.length)).join('');
  }
  return taken;
}

/** What an entry is like: as it is in the file. */
export function nodeOf(content: Content | undefined): Node | null {
  if (content?.kind === 'kept' || content?.kind === 'token') return content.node;
  if (content?.kind === 'box') return content.box.node;
  return content?.kind === 'fresh' ? content.like : null;
}

/** What divides the entries of a list in brackets, with the comma. */
export function separator(text: string, box: Box, style: Style): string {
  const last = box.last?.sep ?? '';
  const comma = /^\s*,/.test(last);
  if (comma && !last.includes('#')) return last;
  if (box.last !== null)
    return last.includes('\n') && !last.includes('#') ? `,${last}` : style.comma;
  const indent = style.pretty ? indentOf(text, box) : null;
  return indent === null ? style.comma.trim() : `,${style.eol}${indent}${style.unit}`;
}

function closing(text: string, box: Box, style: Style): string {
  return style.pretty ? `${style.eol}${indentOf(text, box)}` : '';
}

function indentOf(text: string, box: Box): string {
  const start = box.node?.start ?? 0;
  return /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
}
