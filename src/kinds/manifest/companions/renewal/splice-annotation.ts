import { isMap, isScalar } from 'yaml';
import type { YAMLMap } from 'yaml';
import { keyIndent } from '../../mounts/list-splice.ts';
import { contentEnd, offsetOf, pairOf } from '../../mounts/pod-entries.ts';
import { isMarked } from '../../pod/container.ts';
import { isJson } from '../../pod/parse-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { eolBefore, nextLine } from '../../text/source-lines.ts';
import type { TextSplice } from '../../text/text-splice.ts';
import { scalarPlace } from '../splice-scalar.ts';

/**
 * One annotation of the pod set to a text, as one splice; the value stands in double quotes. Null where the manifest is written so that this is
 * not possible: an anchor, alias or tag in the way, comments inside a flow map, a key without a value.
 */
export function spliceAnnotation(pod: PodSource, key: string, value: string): TextSplice | null {
  const { document, text } = pod;
  const root = document.contents;
  const metadata = isMap(root) ? root.get('metadata', true) : null;
  if (isMarked(root) || isMarked(metadata) || !isMap(metadata)) return null;
  const source = JSON.stringify(value);
  const pair = pairOf(metadata, 'annotations');
  if (pair === undefined) return addAnnotations(text, metadata, key, source);
  const annotations = pair.value;
  if (isMarked(annotations) || !isMap(annotations)) return null;
  const present = pairOf(annotations, key);
  if (present === undefined) return addPair(text, annotations, key, source);
  const place = scalarPlace(text, present.value);
  return place === null ? null : { start: place.start, end: place.end, text: source };
}

function addAnnotations(
  text: string,
  metadata: YAMLMap,
  key: string,
  source: string,
): TextSplice | null {
  if (metadata.flow === true) {
    const entry = isJson(text) ? JSON.stringify(key) : key;
    return addPair(text, metadata, 'annotations', `{${entry}: ${source}}`);
  }
  const indent = keyIndent(text, metadata);
  const [offset, eol] = lineBehind(text, metadata);
  if (indent === null) return null;
  const lines = `${indent}annotations:${eol}${indent}  ${key}: ${source}${eol}`;
  return { start: offset, end: offset, text: lines };
}

/** As the last pair of the map. */
function addPair(text: string, map: YAMLMap, key: string, source: string): TextSplice | null {
  if (map.flow === true) return addToFlow(text, map, key, source);
  const indent = keyIndent(text, map);
  if (indent === null) return null;
  const [offset, eol] = lineBehind(text, map);
  return { start: offset, end: offset, text: `${indent}${key}: ${source}${eol}` };
}

function addToFlow(text: string, map: YAMLMap, key: string, source: string): TextSplice | null {
  const { range } = map;
  if (!range) return null;
  const [open, close] = [range[0] + 1, range[1] - 1];
  const last = map.items.at(-1);
  const from = last === undefined ? open : Math.max(contentEnd(last.value), contentEnd(last.key));
  // A comma behind the last pair, or a comment.
  if (from < open || /\S/.test(text.slice(from, close))) return null;
  const quoted = isJson(text) || (isScalar(last?.key) && text[offsetOf(last.key)] === '"');
  const name = quoted ? JSON.stringify(key) : key;
  const separator = last === undefined ? '' : ', ';
  return { start: from, end: from, text: `${separator}${name}: ${source}` };
}

/** Where a line behind the content of a block map begins, and the line end that it is to have. */
function lineBehind(text: string, map: YAMLMap): readonly [offset: number, eol: string] {
  const end = contentEnd(map);
  const offset = text[end - 1] === '\n' ? end : nextLine(text, end);
  return [offset, eolBefore(text, offset) || '\n'];
}
