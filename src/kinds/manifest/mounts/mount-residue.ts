import type { Pair } from 'yaml';
import { lineStart, nextLine } from '../text/source-lines.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { entryStart, lineAfterEntry } from './list-splice.ts';
import { contentEnd, offsetOf } from './pod-entries.ts';
import type { Entry, EntryList } from './pod-entries.ts';

/** A list of which some entries are planned to change. */
export interface TouchedList {
  readonly list: EntryList;
  readonly touched: readonly Entry[];
}

interface Cut {
  readonly start: number;
  readonly end: number;
}

/**
 * The text without the lines of planned entries, and without the key of a list that has no others. A flow list is left out whole:
 * its other entries are compared by untouchedEntries.
 */
export function untouchedText({ text }: PodSource, lists: readonly TouchedList[]): string {
  const cuts = lists.flatMap((one) => cutsOf(text, one)).toSorted((a, b) => b.start - a.start);
  let rest = text;
  for (const { start, end } of cuts) rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}

/** Source of every entry that is not planned to change, in order. */
export function untouchedEntries({ list, touched }: TouchedList): readonly string[] {
  const { text } = list.source;
  return list.entries
    .filter((entry) => !touched.includes(entry))
    .map(({ range }) => text.slice(range[0], range[1]).trimEnd());
}

/** Comments in the lines of an entry. */
export function commentsIn({ source }: EntryList, entry: Entry): string {
  const lines = source.text.slice(entry.range[0], lineAfterEntry(source.text, entry));
  return (lines.match(/(?<=\s)#.*/g) ?? []).join('\n');
}

function cutsOf(text: string, { list, touched }: TouchedList): readonly Cut[] {
  const { written, owner, entries } = list;
  if (written === null) return [];
  const isOurs = entries.length === touched.length;
  if (owner.flow === true && isOurs) return [pairCut(owner.items, written.pair)];
  if (written.flow) return [{ start: written.range[0], end: written.range[1] }];
  const own = touched.flatMap((entry) => {
    const start = entryStart(text, list, entry);
    return start === null ? [] : [{ start, end: lineAfterEntry(text, entry) }];
  });
  const key = offsetOf(written.pair.key);
  return isOurs ? [{ start: lineStart(text, key), end: nextLine(text, key) }, ...own] : own;
}

/** A pair of a flow map with the comma before it, or else the one behind it. */
function pairCut(pairs: readonly Pair[], pair: Pair): Cut {
  const index = pairs.indexOf(pair);
  const end = endOf(pair);
  const previous = pairs[index - 1];
  if (previous !== undefined) return { start: endOf(previous), end };
  const next = pairs[index + 1];
  return { start: offsetOf(pair.key), end: next === undefined ? end : offsetOf(next.key) };
}

function endOf({ key, value }: Pair): number {
  return Math.max(contentEnd(value), contentEnd(key));
}
