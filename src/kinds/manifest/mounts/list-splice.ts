import { isSeq } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { eolBefore, lineStart, nextLine } from '../text/source-lines.ts';
import { isJson } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { blockEntry, flowEntry } from './entry-text.ts';
import type { EntryStyle, Field } from './entry-text.ts';
import { contentEnd, offsetOf } from './pod-entries.ts';
import type { Entry, EntryList, WrittenList } from './pod-entries.ts';

/** How entries of the list are written, also of one that is to be added. */
export function styleOf({ source, owner, written }: EntryList): EntryStyle {
  if (isJson(source.text)) return 'json';
  return (written?.flow ?? owner.flow === true) ? 'flow' : 'block';
}

/** A new last entry; the key with it where there is none. Fails with SP2081. */
export function addEntry(list: EntryList, fields: readonly Field[]): Result<TextSplice> {
  const { written } = list;
  if (written === null)
    return list.owner.flow === true ? addFlow(list, fields) : addKey(list, fields);
  const { text } = list.source;
  const style = styleOf(list);
  if (style === 'block') {
    const indent = dashIndent(text, written);
    const last = list.entries.at(-1);
    if (indent === null || last === undefined) return fail(layoutRefusal(list));
    return ok(
      insertBlock(text, lineAfterEntry(text, last), (eol) => blockEntry(fields, indent, eol)),
    );
  }
  const entry = flowEntry(fields, style);
  const last = list.entries.at(-1);
  if (last === undefined) return ok(insertion(written.range[0] + 1, entry));
  const separator = separatorIn(text, list);
  if (separator === null) return fail(layoutRefusal(list));
  return ok(insertion(last.range[1], separator + entry));
}

/**
 * Takes an entry out; the key with it when nothing is left and `keepKey` is not set or a block list cannot be empty. Fails with
 * SP2081.
 */
export function removeEntry(list: EntryList, entry: Entry, keepKey: boolean): Result<TextSplice> {
  const { source, written, entries } = list;
  const { text } = source;
  if (written === null) return fail(layoutRefusal(list));
  const isLast = entries.length === 1;
  if (written.flow) {
    const { owner } = list;
    // In a block map somebody else wrote the list so: it stays as `[]`.
    if (isLast && !keepKey && owner.flow === true) {
      return cutFlow(list, owner.items.map(pairRange), owner.items.indexOf(written.pair));
    }
    return cutFlow(
      list,
      entries.map(({ range }) => range),
      entry.index,
    );
  }
  if (isLast) return removeKey(list, written, entry);
  const start = entryStart(text, list, entry);
  if (start === null) return fail(layoutRefusal(list));
  return ok({ start, end: lineAfterEntry(text, entry), text: '' });
}

/** The entry's lines in a block list, from the line of its dash; `null` when they are not its own. */
export function entryStart(
  text: string,
  { written, entries }: EntryList,
  entry: Entry,
): number | null {
  const indent = written === null || written.flow ? null : dashIndent(text, written);
  if (indent === null || written === null) return null;
  const previous = entries[entry.index - 1];
  const floor =
    previous === undefined ? lineStart(text, written.range[0]) : lineAfterEntry(text, previous);
  for (let at = floor; at <= entry.range[0]; at = nextLine(text, at)) {
    if (text.startsWith(`${indent}-`, at)) return at;
    if (nextLine(text, at) <= at) return null;
  }
  return null;
}

/** Offset of the first line after an entry of a block list. */
export function lineAfterEntry(text: string, entry: Entry): number {
  const end = entry.node === null ? entry.range[1] : contentEnd(entry.node);
  return text[end - 1] === '\n' ? end : nextLine(text, end);
}

/** SP2081 for a list whose surroundings cannot be spliced. */
export function layoutRefusal({ source, owner, key, written }: EntryList) {
  const offset = written === null ? offsetOf(owner) : offsetOf(written.pair.key);
  const help = 'write every entry on lines of its own, without comments inside [ ] and { }';
  const what = `${key} cannot be edited in this layout`;
  return refusal('SP2081', { path: source.path, text: source.text, offset }, what, help);
}

/** Spaces before the dashes; `null` when the first dash is not first on its line. */
export function dashIndent(text: string, { range }: WrittenList): string | null {
  const lead = text.slice(lineStart(text, range[0]), range[0]);
  return /^ *$/.test(lead) ? lead : null;
}

/** The key as last one of a block map, its list indented as the others of the manifest are. */
function addKey(list: EntryList, fields: readonly Field[]): Result<TextSplice> {
  const { source, owner, key } = list;
  const { text } = source;
  const last = owner.items.at(-1);
  const indent = keyIndent(text, owner);
  if (last === undefined || indent === null) return fail(layoutRefusal(list));
  const end = contentEnd(owner);
  const offset = text[end - 1] === '\n' ? end : nextLine(text, end);
  const dashes = indent + extraIndent(text, source.document.contents);
  return ok(
    insertBlock(text, offset, (eol) => `${indent}${key}:${eol}${blockEntry(fields, dashes, eol)}`),
  );
}

/** Column of a block map's keys as spaces; `null` when they are not first on their lines. */
export function keyIndent(text: string, map: YAMLMap): string | null {
  const last = map.items.at(-1);
  if (last === undefined) return null;
  const at = offsetOf(last.key);
  const lead = text.slice(lineStart(text, at), at);
  if (!/^ *(- +)*$/.test(lead)) return null;
  return ' '.repeat(lead.length);
}

/** What `spec.containers` has its dashes further in than its key: nothing, or two spaces. */
function extraIndent(text: string, root: unknown): string {
  let extra = '';
  const spec = (root as YAMLMap | null)?.get('spec', true) as YAMLMap | undefined;
  for (const pair of spec?.items ?? []) {
    if (!isSeq(pair.value) || pair.value.flow === true) continue;
    const [dash, at] = [offsetOf(pair.value), offsetOf(pair.key)];
    const deeper = dash - lineStart(text, dash) - (at - lineStart(text, at));
    if (deeper > 0) extra = ' '.repeat(deeper);
  }
  return extra;
}

/** The key as last one of a flow map, behind the same blanks as the last one that is there. */
function addFlow(list: EntryList, fields: readonly Field[]): Result<TextSplice> {
  const { source, owner, key } = list;
  const { text } = source;
  const style = styleOf(list) === 'json' ? 'json' : 'flow';
  const ends = owner.items.map(pairRange);
  const last = ends.at(-1);
  const previous = ends.at(-2);
  const close = (owner.range?.[1] ?? 0) - 1;
  if (last === undefined || /\S/.test(text.slice(last[1], close))) return fail(layoutRefusal(list));
  const lead = text.slice(previous?.[1] ?? offsetOf(owner) + 1, last[0]);
  const blanks = lead.replace(/^\s*,/, '');
  if (/\S/.test(blanks)) return fail(layoutRefusal(list));
  const separator = `,${blanks === '' && previous === undefined ? ' ' : blanks}`;
  const name = style === 'json' ? JSON.stringify(key) : key;
  return ok(insertion(last[1], `${separator}${name}: [${flowEntry(fields, style)}]`));
}

/** Takes a key with its only entry out of a block map; nobody's comments stand in between. */
function removeKey(list: EntryList, written: WrittenList, entry: Entry): Result<TextSplice> {
  const { text } = list.source;
  const at = offsetOf(written.pair.key);
  const start = lineStart(text, at);
  const end = lineAfterEntry(text, entry);
  const alone = /^ *$/.test(text.slice(start, at));
  const between = text.slice(at, entry.range[0]);
  if (!alone || between.includes('#') || list.owner.items.length === 1) {
    const spot = { path: list.source.path, text, offset: at };
    const what = `removing its last entry would leave ${list.key} empty`;
    return fail(refusal('SP2022', spot, what, `remove ${list.key} by hand`));
  }
  return ok({ start, end, text: '' });
}

function cutFlow(
  list: EntryList,
  ranges: readonly (readonly [number, number])[],
  index: number,
): Result<TextSplice> {
  const { text } = list.source;
  const [own, previous, next] = [ranges[index], ranges[index - 1], ranges[index + 1]];
  if (own === undefined) return fail(layoutRefusal(list));
  const isPlain = (from: number, to: number): boolean => /^\s*,\s*$/.test(text.slice(from, to));
  if (previous !== undefined) {
    if (!isPlain(previous[1], own[0])) return fail(layoutRefusal(list));
    return ok({ start: previous[1], end: own[1], text: '' });
  }
  if (next === undefined) return ok({ start: own[0], end: own[1], text: '' });
  if (!isPlain(own[1], next[0])) return fail(layoutRefusal(list));
  return ok({ start: own[0], end: next[0], text: '' });
}

/** Blanks and comma between two entries, as the list has them. */
function separatorIn(text: string, { written, entries }: EntryList): string | null {
  const [first, second] = entries;
  if (first === undefined || written === null) return null;
  if (second !== undefined) {
    const between = text.slice(first.range[1], second.range[0]);
    return /^\s*,\s*$/.test(between) ? between : null;
  }
  const lead = text.slice(written.range[0] + 1, first.range[0]);
  if (/\S/.test(lead)) return null;
  return lead.includes('\n') ? `,${lead}` : ', ';
}

function pairRange({ key, value }: Pair): readonly [number, number] {
  const end = value === null || value === undefined ? contentEnd(key) : contentEnd(value);
  return [offsetOf(key), Math.max(end, contentEnd(key))];
}

function insertBlock(text: string, offset: number, write: (eol: string) => string): TextSplice {
  const eol = eolBefore(text, offset) || '\n';
  return insertion(offset, write(eol) + eol);
}

function insertion(offset: number, text: string): TextSplice {
  return { start: offset, end: offset, text };
}
