import type { JsonValue } from '../model/item.ts';
import type { Box, Slot } from './draft.ts';
import { slotsOf } from './draft.ts';
import { afterValue, nextLine } from './lines.ts';
import type { Node } from './node.ts';
import { placeOfRoot } from './open-box.ts';
import type { Style } from './style.ts';
import { blockLines, blockValue, flowKey, flowValue, keyText, scalar } from './write-value.ts';

/** The whole text with the edits: everything that no slot changes is a slice of the old one. */
export function render(text: string, root: Slot, style: Style): string {
  const { content } = root;
  if (content.kind === 'kept') return text;
  if (content.kind === 'box') {
    const { box } = content;
    if (!box.flow) return renderBlock(text, box, style);
    const { start, end } = box.node ?? { start: 0, end: text.length };
    return text.slice(0, start) + renderFlow(text, box, style) + text.slice(end);
  }
  const like = content.kind === 'fresh' ? content.like : null;
  const place = like === null ? { start: 0, end: text.length } : placeOfRoot(text, like);
  return text.slice(0, place.start) + document(content.value, like, style) + text.slice(place.end);
}

function document(value: JsonValue, like: Node | null, style: Style): string {
  const flow = value === null || typeof value !== 'object' || Object.keys(value).length === 0;
  if (style.format === 'json')
    return flowValue(value, like, style, style.pretty ? '' : null) + style.eol;
  return flow
    ? `${flowValue(value, like, style, null)}${style.eol}`
    : blockLines(value, 0, like, style);
}

/** What stands behind the colon or dash of a block, up to where its lines end. */
function renderBlock(text: string, box: Box, style: Style): string {
  const { first, holder, header, root } = box;
  if (first === null) {
    const tail =
      box.tail.startsWith(box.gap0) && !root ? box.tail.slice(box.gap0.length) : box.tail;
    if (!root) return `${holder.between}${holder.raw}${header || style.eol}${tail}`;
    const raw = holder.raw + (holder.raw === '' ? '' : style.eol);
    if (box.node === null) return holder.between + raw + tail;
    return box.gap0 + raw + tail.slice(box.gap0.length);
  }
  const margin = ' '.repeat(box.column);
  const inline = box.marker !== null && first.gap + first.lead === '';
  const pieces = root
    ? [box.node === null ? holder.between : '']
    : [inline ? (box.marker ?? '') : header || style.eol];
  for (const slot of slotsOf(box)) {
    if (slot !== first || !inline) pieces.push(slot.gap, slot.lead, margin);
    pieces.push(blockBody(text, slot, box, style));
  }
  return pieces.join('') + box.tail;
}

/** An entry from its key or dash to the end of its lines. */
function blockBody(text: string, slot: Slot, box: Box, style: Style): string {
  const { entry, content, bodyEnd } = slot;
  if (content.kind === 'raw') return content.text;
  if (entry === null) {
    const head = box.kind === 'list' ? '-' : `${keyText(slot.key, style)}:`;
    const like = content.kind === 'fresh' ? content.like : null;
    const value = content.kind === 'kept' || content.kind === 'box' ? null : content.value;
    return head + blockValue(value, box.column, like, style, box.kind === 'list');
  }
  const head = text.slice(entry.start, entry.head);
  const { node } = entry;
  if (content.kind === 'kept') return text.slice(entry.start, bodyEnd);
  if (content.kind === 'token') {
    return head + behind(text, slot, content.text) + text.slice(node.end, bodyEnd);
  }
  if (content.kind === 'fresh') return head + freshValue(text, slot, content.value, box, style);
  if (!content.box.flow) return head + renderBlock(text, content.box, style);
  const written = renderFlow(text, content.box, style);
  return text.slice(entry.start, node.start) + written + text.slice(node.end, bodyEnd);
}

/** Another value in the place of one of the file: a scalar for a scalar keeps what stands around it. */
function freshValue(text: string, slot: Slot, value: JsonValue, box: Box, style: Style): string {
  const { entry, bodyEnd } = slot;
  if (entry === null) return '';
  const { node } = entry;
  const isScalar = value === null || typeof value !== 'object';
  if (!isScalar || node.kind !== 'scalar') {
    return blockValue(value, box.column, node, style, box.kind === 'list');
  }
  const setting = { column: box.column, inFlow: false };
  const { inline, lines } = scalar(value, node, style, setting);
  if (node.style === 'block') {
    const between = text.slice(entry.head, node.start);
    return between + inline + style.eol + lines + text.slice(node.end, bodyEnd);
  }
  const lineEnd = Math.min(afterValue(text, node.end), bodyEnd);
  return (
    behind(text, slot, inline) +
    text.slice(node.end, lineEnd) +
    lines +
    text.slice(lineEnd, bodyEnd)
  );
}

/** A value behind its colon, with a blank where there was nothing. */
function behind(text: string, { entry }: Slot, written: string): string {
  if (entry === null) return written;
  const { start, end } = entry.node;
  const between = text.slice(entry.head, start);
  return (start === end && between === '' && written !== '' ? ' ' : between) + written;
}

function renderFlow(text: string, box: Box, style: Style): string {
  const [open, close] = box.kind === 'list' ? ['[', ']'] : ['{', '}'];
  if (box.first === null) return box.holder.raw;
  const pieces = [open];
  for (const slot of slotsOf(box)) pieces.push(slot.sep, flowBody(text, slot, box, style));
  return pieces.join('') + box.tail + close;
}

function flowBody(text: string, slot: Slot, box: Box, style: Style): string {
  const { entry, content, sep } = slot;
  if (content.kind === 'raw') return content.text;
  const indent = style.format === 'json' ? (/\n([ \t]*)$/.exec(sep)?.[1] ?? null) : null;
  if (entry === null) {
    const key = box.kind === 'map' ? flowKey(slot.key, style) : '';
    if (content.kind !== 'fresh') return key;
    return (
      key +
      flowValue(content.value, content.like, style, oneLine(text, content.like) ? null : indent)
    );
  }
  const { start, end } = entry.node;
  if (content.kind === 'kept') return text.slice(entry.start, end);
  const head = text.slice(entry.start, start);
  if (content.kind === 'token') return head + content.text;
  if (content.kind === 'box') return head + renderFlow(text, content.box, style);
  return (
    head + flowValue(content.value, entry.node, style, oneLine(text, entry.node) ? null : indent)
  );
}

/** A collection that is written on one line: what is like it, is, too. */
function oneLine(text: string, like: Node | null): boolean {
  return (
    like !== null &&
    like.kind !== 'scalar' &&
    like.entries.length > 0 &&
    nextLine(text, like.start) >= like.end
  );
}
