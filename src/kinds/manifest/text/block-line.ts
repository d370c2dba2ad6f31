import type { ItemList, ListItem } from './item-list.ts';
import { eolBefore, lineStart, nextLine } from './source-lines.ts';
import type { Eol } from './source-lines.ts';

/** The source line of a block list's item, or its lines when it is folded or continued. Offsets are UTF-16 units. */
export interface BlockLine {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  /** With the line end: the next line's start, or the text's end. */
  readonly next: number;
  readonly eol: Eol;
  /** From the `-` to the scalar: `- `, or with line ends where the scalar stands below its dash. */
  readonly marker: string;
  /** After the scalar: blanks and a comment. */
  readonly tail: string;
}

/** Blank and comment lines before an item (index i) or after the last one (index = length). */
export interface Gap {
  readonly lines: readonly string[];
  /** Start of each line, then the offset after the last one. */
  readonly offsets: readonly number[];
}

/** The item's lines when the item is alone on them; else `null`. */
export function blockLineOf(text: string, item: ListItem): BlockLine | null {
  const dash = dashBefore(text, item.start);
  const start = lineStart(text, dash);
  const next = nextLine(text, item.end);
  const eol = eolBefore(text, next);
  const end = next - eol.length;
  const marker = text.slice(dash, item.start);
  const tail = text.slice(item.end, end);
  if (!/^ *$/.test(text.slice(start, dash)) || !/^-[ \r\n]+$/.test(marker)) return null;
  if (!/^[ \t]*$|^[ \t]+#/.test(tail)) return null;
  return { start, end, next, eol, marker, tail };
}

/** Offset of the first line after an item, however many lines it takes. */
export function lineAfter(text: string, item: ListItem): number {
  return text[item.end - 1] === '\n' ? item.end : nextLine(text, item.end);
}

/** Spaces before the list's dashes, or `null` when its first dash is not first on its line. */
export function blockIndent(text: string, list: ItemList): string | null {
  const lead = text.slice(lineStart(text, list.start), list.start);
  return /^ *$/.test(lead) ? lead : null;
}

/** The gap at a place of a block list. */
export function gapAt(text: string, list: ItemList, index: number): Gap {
  const before = list.items[index - 1];
  const after = list.items[index];
  const from = before === undefined ? leadStart(text, list.start) : lineAfter(text, before);
  const to = after === undefined ? trailEnd(text, from) : markerStart(text, list, after);
  const offsets = [from];
  const lines: string[] = [];
  for (let at = from; at < to;) {
    const next = nextLine(text, at);
    lines.push(text.slice(at, next).replace(/\r?\n$/, ''));
    offsets.push(next);
    at = next;
  }
  return { lines, offsets };
}

/** Start of the line whose dash opens an item: the item's scalar may stand on a later line. */
function markerStart(text: string, list: ItemList, item: ListItem): number {
  const previous = list.items[item.index - 1];
  const floor = previous === undefined ? list.start : lineAfter(text, previous);
  const indent = blockIndent(text, list) ?? '';
  for (let at = floor; at < item.start; at = nextLine(text, at)) {
    const line = lineStart(text, at);
    if (text.startsWith(`${indent}-`, line)) return line;
  }
  return lineStart(text, item.start);
}

/** Offset of the last character before an offset that is no blank and no line end: an item's dash, if nothing is between. */
export function dashBefore(text: string, offset: number): number {
  let at = offset - 1;
  while (at > 0 && /[ \r\n]/.test(text[at] ?? '')) at -= 1;
  return Math.max(at, 0);
}

function leadStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0) {
    const previous = lineStart(text, start - 1);
    if (!isFiller(text.slice(previous, start))) break;
    start = previous;
  }
  return start;
}

function trailEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length) {
    const next = nextLine(text, end);
    if (!isFiller(text.slice(end, next))) break;
    end = next;
  }
  return end;
}

function isFiller(line: string): boolean {
  return /^\s*(#.*)?\r?\n?$/.test(line);
}
