import type { JsonValue } from '../model/item.ts';
import type { Box, Content, Slot } from './draft.ts';
import { link } from './draft.ts';
import { linesOf } from './lines.ts';
import type { Node } from './node.ts';
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
    slot.lead = style.eol;
  }
  link(box, slot, before);
  return slot;
}

/** Puts lines of the gap behind another slot (`null`: at the beginning) before this one, then links it. */
export function linkWithGap(box: Box, slot: Slot, before: Slot | null, skip: number): void {
  const after = before === null ? box.first : before.after;
  const lines = linesOf(after === null ? box.tail : after.gap);
  slot.gap = lines.slice(0, skip).join('');
  const rest = lines.slice(skip).join('');
  if (after === null) box.tail = rest;
  else after.gap = rest;
  link(box, slot, before);
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
