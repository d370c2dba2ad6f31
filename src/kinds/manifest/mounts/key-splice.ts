import { isScalar } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { eolBefore, lineStart, nextLine } from '../text/source-lines.ts';
import { isMarked } from '../pod/container.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { keyIndent, layoutRefusal } from './list-splice.ts';
import { contentEnd, offsetOf, pairOf } from './pod-entries.ts';
import type { EntryList } from './pod-entries.ts';

/** Gives a key of an entry another scalar, in place; a new key comes last. `source` is YAML. Fails with SP2081. */
export function setKey(
  list: EntryList,
  map: YAMLMap,
  key: string,
  source: string,
): Result<TextSplice> {
  const { text } = list.source;
  const pair = pairOf(map, key);
  if (pair === undefined) return addKey(list, map, key, source);
  const { value } = pair;
  const isOnOneLine = isScalar(value) && value.range && !isMarked(value);
  if (!isOnOneLine || !value.range) return fail(layoutRefusal(list));
  const [start, end] = value.range;
  const old = text.slice(start, end);
  if (old === '' || old.includes('\n')) return fail(layoutRefusal(list));
  return ok({ start, end, text: source });
}

/** Takes a key out that is not the only one. Fails with SP2081. */
export function removeKeyOf(list: EntryList, map: YAMLMap, key: string): Result<TextSplice | null> {
  const { text } = list.source;
  const pair = pairOf(map, key);
  if (pair === undefined) return ok(null);
  const start = offsetOf(pair.key);
  const end = Math.max(contentEnd(pair.value), contentEnd(pair.key));
  if (map.flow === true) {
    const previous = map.items[map.items.indexOf(pair) - 1];
    if (previous === undefined) return fail(layoutRefusal(list));
    const from = Math.max(contentEnd(previous.value), contentEnd(previous.key));
    return /^\s*,\s*$/.test(text.slice(from, start))
      ? ok({ start: from, end, text: '' })
      : fail(layoutRefusal(list));
  }
  const line = lineStart(text, start);
  if (!/^ *$/.test(text.slice(line, start))) return fail(layoutRefusal(list));
  return ok({ start: line, end: nextLine(text, end), text: '' });
}

function addKey(list: EntryList, map: YAMLMap, key: string, source: string): Result<TextSplice> {
  const { text } = list.source;
  const end = contentEnd(map.flow === true ? map.items.at(-1)?.value : map);
  if (map.flow === true) {
    const close = (map.range?.[1] ?? 0) - 1;
    if (end === 0 || /\S/.test(text.slice(end, close))) return fail(layoutRefusal(list));
    const quoted = text.slice(offsetOf(map.items.at(-1)?.key)).startsWith('"');
    const name = quoted ? JSON.stringify(key) : key;
    return ok({ start: end, end, text: `, ${name}: ${source}` });
  }
  const indent = keyIndent(text, map);
  if (indent === null) return fail(layoutRefusal(list));
  const offset = text[end - 1] === '\n' ? end : nextLine(text, end);
  const eol = eolBefore(text, offset) || '\n';
  return ok({ start: offset, end: offset, text: `${indent}${key}: ${source}${eol}` });
}
