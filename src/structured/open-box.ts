import type { Box, Slot } from './draft.ts';
import { link } from './draft.ts';
import { afterValue, eolOf, lineStart, nextLine } from './lines.ts';
import type { CollectionNode, Entry, Node } from './node.ts';
import { columnOf } from './style.ts';
import type { Style } from './style.ts';

/** A slot of the file that is as it was: its value is a collection, or nothing. */
export interface Opened {
  readonly slot: Slot;
  readonly node: Node;
}

/** The slot of the whole document. */
export function rootSlot(text: string, node: Node): Slot {
  return {
    ...bare(null, '', null),
    bodyEnd: text.length,
    content: { kind: 'kept', node },
  };
}

/** A slot that is not in the file; its content is to be set. */
export function bare(home: Box | null, key: string, entry: Entry | null): Slot {
  const content = { kind: 'fresh', value: null, like: null } as const;
  const text = { gap: '', lead: '', sep: '' };
  const links = { before: null, after: null, gone: false };
  return { home, key, entry, bodyEnd: 0, content, ...text, ...links };
}

/** Opens the collection in a slot. */
export function openBox(text: string, slot: Slot, node: CollectionNode): Box {
  const kind = node.kind;
  const value = kind === 'list' ? [] : {};
  const holder = { between: ' ', raw: kind === 'list' ? '[]' : '{}', value };
  const shape = { kind, root: slot.entry === null, node, first: null, last: null };
  const indexes = {
    byKey: new Map<string, Slot>(),
    byField: new Map<string, Map<string, Slot[]>>(),
  };
  if (node.flow) {
    const last = node.entries.at(-1)?.node.end ?? node.start + 1;
    const tail = text.slice(last, node.end - 1);
    const none = { column: 0, header: '', marker: null, gap0: '' };
    const box: Box = { ...shape, ...indexes, ...none, flow: true, tail, holder };
    fillFlow(text, box, node);
    return box;
  }
  const column = columnOf(text, node.start);
  const head = slot.entry?.head ?? 0;
  const line = lineStart(text, node.start);
  const inline = slot.entry !== null && line <= head;
  const header = inline || slot.entry === null ? '' : text.slice(head, nextLine(text, head));
  const to = node.start - column;
  const gap = gapOf(text, {
    from: head + header.length,
    to,
    column,
    first: true,
    root: shape.root,
  });
  const lines = { column, header, gap0: inline ? '' : gap.gap, tail: '' };
  const marker = inline ? text.slice(head, node.start) : null;
  const box: Box = { ...shape, ...indexes, ...lines, marker, flow: false, holder };
  fillBlock(text, box, node, slot);
  return box;
}

/** Opens an empty place of a block, so that entries can stand there as lines. */
export function openEmpty(
  text: string,
  slot: Slot,
  node: Node,
  kind: 'map' | 'list',
  style: Style,
): Box {
  const indexes = {
    byKey: new Map<string, Slot>(),
    byField: new Map<string, Map<string, Slot[]>>(),
  };
  const shape = { kind, node: null, flow: false, first: null, last: null, gap0: '', ...indexes };
  const raw = text.slice(node.start, node.end);
  const { entry, home } = slot;
  if (entry === null) {
    const at = placeOfRoot(text, node);
    const holder = { between: text.slice(0, at.start), raw, value: node.value };
    const tail = text.slice(at.end);
    return { ...shape, root: true, column: 0, header: '', marker: null, tail, holder };
  }
  const headerEnd = afterValue(text, node.end);
  const rest = text.slice(node.end, headerEnd);
  const header = rest.endsWith('\n') ? rest : rest + eolOf(text);
  const tail = text.slice(headerEnd, slot.bodyEnd);
  const holder = { between: text.slice(entry.head, node.start), raw, value: node.value };
  const column = home?.column ?? 0;
  const inList = home?.kind === 'list';
  const deeper = inList ? 2 : kind === 'list' ? style.listIndent : style.mapIndent;
  const marker = inList && rest.trim() === '' ? ' ' : null;
  return { ...shape, root: false, column: column + deeper, header, marker, tail, holder };
}

/** Where an empty document has its value: the lines of it. */
export function placeOfRoot(
  text: string,
  node: Node,
): { readonly start: number; readonly end: number } {
  const line = lineStart(text, node.start);
  const blank = /^\uFEFF?[ \t]*$/.test(text.slice(line, node.start));
  if (node.start !== node.end) return { start: node.start, end: nextLine(text, node.end) };
  const start = blank ? node.start : nextLine(text, node.start);
  return { start, end: start };
}

function fillFlow(text: string, box: Box, node: CollectionNode): void {
  let from = node.start + 1;
  for (const entry of node.entries) {
    const slot: Slot = { ...bare(box, entry.key, entry), bodyEnd: entry.node.end };
    slot.content = { kind: 'kept', node: entry.node };
    slot.sep = text.slice(from, entry.start);
    link(box, slot, box.last);
    from = entry.node.end;
  }
}

function fillBlock(text: string, box: Box, node: CollectionNode, home: Slot): void {
  let from = home.entry === null ? 0 : home.entry.head + box.header.length;
  for (const [index, entry] of node.entries.entries()) {
    const bodyEnd = bodyEndOf(text, entry, box.column);
    const slot: Slot = { ...bare(box, entry.key, entry), bodyEnd };
    slot.content = { kind: 'kept', node: entry.node };
    if (index > 0 || box.marker === null) {
      const { column, root } = box;
      const to = entry.start - column;
      Object.assign(slot, gapOf(text, { from, to, column, first: index === 0, root }));
    }
    link(box, slot, box.last);
    from = bodyEnd;
  }
  box.tail = text.slice(from, home.bodyEnd);
}

/** Comment lines directly below that are deeper than the entry belong to it. */
function bodyEndOf(text: string, entry: Entry, column: number): number {
  let end = afterValue(text, Math.max(entry.node.end, entry.head));
  while (end < text.length) {
    const next = nextLine(text, end);
    const comment = /^( *)#/.exec(text.slice(end, next));
    if (comment === null || (comment[1]?.length ?? 0) <= column) break;
    end = next;
  }
  return end;
}

interface GapAt {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly first: boolean;
  readonly root: boolean;
}

/**
 * What stands between two entries, and what of that goes with the later one. The rule: comment lines directly above an entry, as deep
 * as it, belong to it, and the blank lines above them, which divide it from the entry before. The first entry has no blank lines, and
 * that of the document no comments, which tell of the file. All other lines are foreign and stay.
 */
function gapOf(text: string, { from, to, column, first, root }: GapAt): Pick<Slot, 'gap' | 'lead'> {
  const comment = new RegExp(`^ {${column}}#`);
  const isOwn = (line: string): boolean => comment.test(line);
  const comments = root && first ? to : linesUp(text, from, to, isOwn);
  const at = first ? comments : linesUp(text, from, comments, isBlank);
  return { gap: text.slice(from, at), lead: text.slice(at, to) };
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** The start of the lines directly above an offset that are all such lines. */
function linesUp(text: string, from: number, to: number, is: (line: string) => boolean): number {
  let at = to;
  while (at > from) {
    const previous = lineStart(text, at - 1);
    if (previous < from || !is(text.slice(previous, at))) break;
    at = previous;
  }
  return at;
}
