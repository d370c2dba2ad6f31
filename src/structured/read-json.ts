import { collectionNode, scalarNode } from './node.ts';
import type { Entry, Node } from './node.ts';

/** Where a text that JSON.parse takes has what, from an offset on (behind a byte-order mark). Recurses once a level. */
export function readJson(text: string, from: number): Node {
  return valueAt(text, skipBlank(text, from));
}

function valueAt(text: string, start: number): Node {
  if (text[start] === '{' || text[start] === '[') return collectionAt(text, start);
  if (text[start] === '"') {
    const end = stringEnd(text, start);
    const value: unknown = JSON.parse(text.slice(start, end));
    return scalarNode({ start, end, odd: null }, 'double', String(value));
  }
  const word = /[-+.\w]+/y;
  word.lastIndex = start;
  const source = word.exec(text)?.[0] ?? '';
  const value: unknown = JSON.parse(source);
  const end = start + source.length;
  if (typeof value === 'number' && Number.isFinite(value)) {
    return scalarNode({ start, end, odd: null }, 'plain', value);
  }
  if (typeof value === 'boolean' || value === null) {
    return scalarNode({ start, end, odd: null }, 'plain', value);
  }
  return scalarNode(
    { start, end, odd: { what: 'a number that is too large', inValue: false } },
    'plain',
    source,
  );
}

function collectionAt(text: string, start: number): Node {
  const map = text[start] === '{';
  const entries: Entry[] = [];
  let at = skipBlank(text, start + 1);
  while (text[at] !== '}' && text[at] !== ']') {
    const keyEnd = map ? stringEnd(text, at) : at;
    const key = map ? String(JSON.parse(text.slice(at, keyEnd))) : '';
    const head = map ? skipBlank(text, keyEnd) + 1 : at;
    const node = valueAt(text, skipBlank(text, head));
    entries.push({ key, start: at, head, node });
    at = skipBlank(text, node.end);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return collectionNode({ start, end: at + 1, odd: null }, map ? 'map' : 'list', true, entries);
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** After the closing quote. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
