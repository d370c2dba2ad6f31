import { parseDocument } from 'yaml';
import { dashBefore, gapAt } from './block-line.ts';
import { readItemList } from './item-list.ts';
import type { ItemList, ListItem } from './item-list.ts';
import { lineStart } from './source-lines.ts';
import type { TextSplice } from './text-splice.ts';

/** A list with a splice applied, and which of its items are not the same as before. */
export interface ListAfter {
  readonly list: ItemList;
  readonly gone: readonly ListItem[];
  readonly added: readonly ListItem[];
}

/**
 * A list as a parse of `after`, the text with a splice applied, would read it, without that parse: what the splice holds is read by
 * itself, what stands behind it is moved. The end of a block list is moved, too, which is not always where a parse sees it.
 * `null` where only a parse of the whole text tells: for items of several lines, whose end depends on what follows them, and for
 * splices that are neither items of a list in brackets, nor whole lines of a block list, nor the scalar of one item.
 * The list given is used up: its items are moved in place, since a copy of all of them for each splice would make n splices cost n².
 */
export function listAfter(
  before: string,
  after: string,
  list: ItemList,
  splice: TextSplice,
): ListAfter | null {
  const { start, end } = splice;
  const grown = splice.text.length - (end - start);
  if (!isInside(before, list, splice)) {
    if (start < list.end && end > list.start) return null;
    if (end > list.start) return { list, gone: [], added: [] };
    for (const item of list.items) move(item, grown, 0);
    return { list: movedBy(list, grown), gone: [], added: [] };
  }
  const kept = list.items.filter((item) => item.end <= start);
  const later = list.items.filter((item) => item.start >= end);
  const gone = list.items.slice(kept.length, list.items.length - later.length);
  if (gone.some((item) => item.start < start || item.end > end)) return null;
  const source = list.flow ? inBrackets(splice) : inBlock(before, splice, kept, gone);
  const added = source === null ? null : readAlone(list, source);
  if (added === null) return null;
  for (const item of added) move(item, 0, kept.length);
  for (const item of later) move(item, grown, added.length - gone.length);
  const items = [...kept, ...added, ...later];
  const from = list.flow || items[0] === list.items[0] ? list.start : firstDash(after, items[0]);
  if (from === null || items.length === 0) return null;
  return { list: { ...list, start: from, end: list.end + grown, items }, gone, added };
}

function move(item: Moving, offset: number, places: number): void {
  item.start += offset;
  item.end += offset;
  item.index += places;
}

type Moving = { -readonly [Key in 'start' | 'end' | 'index']: number };

/** Between the brackets, or in the lines of the list with the comment lines around them. */
function isInside(text: string, list: ItemList, { start, end }: TextSplice): boolean {
  if (list.flow) return start > list.start && end < list.end;
  const from = gapAt(text, list, 0).offsets[0] ?? list.start;
  const to = gapAt(text, list, list.items.length).offsets.at(-1) ?? list.end;
  return start >= from && end <= to;
}

/** Items as a text of their own, and what an offset in it is off by. */
interface Alone {
  readonly source: string;
  readonly shift: number;
}

/** A comma in front belongs to the item before. */
function inBrackets({ start, text }: TextSplice): Alone {
  const items = text.replace(/^(\s*),/, '$1 ');
  return { source: `[${items}]`, shift: start - 1 };
}

function inBlock(
  before: string,
  { start, end, text }: TextSplice,
  kept: readonly ListItem[],
  gone: readonly ListItem[],
): Alone | null {
  if (gone.length === 1 && gone[0]?.start === start && gone[0].end === end) {
    return text.includes('\n') ? null : { source: `- ${text}`, shift: start - 2 };
  }
  const isLines = start === lineStart(before, start) && end === lineStart(before, end);
  // A block scalar goes on in what stands below it.
  if (!isLines || kept.at(-1)?.style === 'block') return null;
  return text === '' || /^[^\n]*\n$/.test(text) ? { source: text, shift: start } : null;
}

/** As items of a list that are nothing else: `null` where they are not. Their indexes are not yet theirs. */
function readAlone({ name, flow }: ItemList, { source, shift }: Alone): ListItem[] | null {
  if (source.trim() === (flow ? '[]' : '')) return [];
  const document = parseDocument(source, {
    version: '1.2',
    prettyErrors: false,
    logLevel: 'silent',
  });
  const isSound = document.errors.length === 0 && document.warnings.length === 0;
  const where = { path: '', text: source, offset: 0 };
  const read = isSound ? readItemList(name, document.contents, where) : null;
  if (read?.ok !== true || read.value === null || read.value.flow !== flow) return null;
  const { items } = read.value;
  return items.some((item) => item.style === 'block')
    ? null
    : items.map((item) => movedBy(item, shift));
}

function firstDash(text: string, item: ListItem | undefined): number | null {
  const dash = item === undefined ? -1 : dashBefore(text, item.start);
  return text[dash] === '-' ? dash : null;
}

function movedBy<Span extends { readonly start: number; readonly end: number }>(
  span: Span,
  offset: number,
): Span {
  return { ...span, start: span.start + offset, end: span.end + offset };
}
