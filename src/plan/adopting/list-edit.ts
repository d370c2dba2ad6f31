import { isSeq } from 'yaml';
import type { ParsedNode, YAMLSeq } from 'yaml';
import { lineStart } from '../../kinds/manifest/text/source-lines.ts';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import { endOf, insertAfter } from './insert-pair.ts';
import { columnOf, eolAfter, linesAfter, nextLine } from './lines.ts';
import type { Place } from './place.ts';

/** An element as it is written, and the comment on its line with the blanks before it. */
export interface WrittenElement {
  readonly source: string;
  readonly comment: string;
}

/** A list below a key. */
export interface ListPlace extends Place {
  readonly list: YAMLSeq.Parsed;
}

export function listAt(place: Place): ListPlace | null {
  const { value } = place.pair;
  return value !== null && isSeq(value) ? { ...place, list: value } : null;
}

/** The source of an element; `null` when it is more than a scalar on one line, or shares its line. */
export function elementAt(text: string, { list }: ListPlace, index: number): WrittenElement | null {
  const item: ParsedNode | undefined = list.items[index];
  if (item === undefined) return null;
  const source = text.slice(item.range[0], item.range[1]);
  if (source.includes('\n')) return null;
  if (list.flow === true) return { source, comment: '' };
  const line = text.slice(lineStart(text, item.range[0]), item.range[0]);
  const tail = text.slice(item.range[1], nextLine(text, item.range[1])).trimEnd();
  if (!/^ *- +$/.test(line) || !/^([ \t]+#.*)?$/.test(tail)) return null;
  return { source, comment: tail };
}

/** Takes an element out, with its line. A list that has no other stays as `[]`. */
export function removeElement(
  text: string,
  { list, pair }: ListPlace,
  index: number,
): readonly TextSplice[] {
  const item = list.items[index];
  if (item === undefined) throw new Error(`no element ${index}`);
  const [start, end] = item.range;
  if (list.flow === true) return [removeFromFlow(text, list, index)];
  const line = { start: lineStart(text, start), end: nextLine(text, end), text: '' };
  if (list.items.length > 1) return [line];
  const colon = text.indexOf(':', pair.key.range[1]) + 1;
  return [{ start: colon, end: colon, text: ' []' }, line];
}

function removeFromFlow(text: string, list: YAMLSeq.Parsed, index: number): TextSplice {
  const at = (i: number): ParsedNode['range'] | undefined => list.items[i]?.range;
  const [start = 0, end = 0] = at(index) ?? [];
  const next = at(index + 1);
  if (next !== undefined) return { start, end: next[0], text: '' };
  const before = at(index - 1);
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const gap = before === undefined ? null : text.slice(before[1], start);
  // A comment between the two belongs to the one that stays.
  if (before !== undefined && gap !== null && !gap.includes('\n') && comma === 0) {
    return { start: before[1], end, text: '' };
  }
  return { start, end: end + comma, text: '' };
}

/** Adds an element at the end of a list; `null` when a comment would be lost or the layout is not understood. */
export function addElement(
  text: string,
  { list }: ListPlace,
  { source, comment }: WrittenElement,
): readonly TextSplice[] | null {
  const last = list.items.at(-1);
  if (list.flow === true) {
    if (comment !== '') return null;
    const at = last === undefined ? list.range[0] + 1 : last.range[1];
    return [{ start: at, end: at, text: last === undefined ? source : `, ${source}` }];
  }
  if (last === undefined) return null;
  const marker = text.slice(lineStart(text, last.range[0]), last.range[0]);
  if (!/^ *- +$/.test(marker)) return null;
  const eol = eolAfter(text, list.range[0]);
  return [linesAfter(text, last.range[1], `${marker}${source}${comment}${eol}`)];
}

/** A new list with one element below a new key, beside another list and in its form. */
export function addList(
  text: string,
  beside: ListPlace,
  key: string,
  { source, comment }: WrittenElement,
): readonly TextSplice[] {
  const { list, pair, inFlow } = beside;
  const first = list.items[0];
  if (inFlow || list.flow === true || first === undefined) {
    return [insertAfter(text, beside, { key, value: `[${source}]` })];
  }
  const margin = ' '.repeat(columnOf(text, pair.key.range[0]));
  const marker = text.slice(lineStart(text, first.range[0]), first.range[0]);
  const eol = eolAfter(text, pair.key.range[0]);
  const lines = `${margin}${key}:${eol}${marker}${source}${comment}${eol}`;
  return [linesAfter(text, endOf(pair), lines)];
}
