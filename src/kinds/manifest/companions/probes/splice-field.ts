import { isNode } from 'yaml';
import type { YAMLMap } from 'yaml';
import { eolBefore, lineStart } from '../../text/source-lines.ts';
import { isJson } from '../../pod/parse-pod.ts';
import type { TextSplice } from '../../text/text-splice.ts';
import type { ProbeFieldPlace } from './probe-field.ts';

/** Puts another source text where the field's scalar stands. */
export function replaceField({ pair }: ProbeFieldPlace, source: string): TextSplice | null {
  return pair === null ? null : { start: pair.value.start, end: pair.value.end, text: source };
}

/** Writes a field in front of the others; `null` where the map's first key does not begin its line. */
export function insertField(
  text: string,
  { map }: ProbeFieldPlace,
  field: string,
  source: string,
): TextSplice | null {
  const at = starts(map)[0];
  if (at === undefined) return null;
  if (map.flow === true) {
    const key = isJson(text) ? JSON.stringify(field) : field;
    return { start: at, end: at, text: `${key}: ${source}, ` };
  }
  const from = lineStart(text, at);
  const indent = text.slice(from, at);
  const eol = eolBefore(text, nextLineStart(text, at)) || eolBefore(text, from) || '\n';
  return /^ *$/.test(indent)
    ? { start: at, end: at, text: `${field}: ${source}${eol}${indent}` }
    : null;
}

/** Takes a field out, and its line where nothing else is on it; `null` where it is the only one. */
export function removeField(text: string, { map, pair }: ProbeFieldPlace): TextSplice | null {
  const all = starts(map);
  const index = pair === null ? -1 : map.items.indexOf(pair.node);
  const start = all[index];
  if (pair === null || start === undefined || all.length < 2) return null;
  const next = all[index + 1];
  if (map.flow === true) {
    if (next !== undefined) return { start, end: next, text: '' };
    const previous = map.items[index - 1]?.value;
    const end = isNode(previous) ? previous.range?.[1] : undefined;
    return end === undefined ? null : { start: end, end: pair.value.end, text: '' };
  }
  const from = lineStart(text, start);
  const to = nextLineStart(text, pair.value.end);
  const alone =
    text.slice(from, start).trim() === '' && text.slice(pair.value.end, to).trim() === '';
  return alone ? { start: from, end: to, text: '' } : { start, end: pair.value.end, text: '' };
}

/** Offsets of a map's keys. */
function starts(map: YAMLMap): readonly number[] {
  return map.items.flatMap(({ key }) => (isNode(key) && key.range ? [key.range[0]] : []));
}

function nextLineStart(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}
