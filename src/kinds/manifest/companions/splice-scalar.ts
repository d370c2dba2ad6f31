import { isScalar } from 'yaml';
import type { Scalar } from 'yaml';
import { isMarked } from '../pod/container.ts';
import { isJson } from '../pod/parse-pod.ts';

/** A scalar that can be replaced where it stands. Offsets are UTF-16 units. */
export interface PlainPlace {
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '';
}

/** Where a scalar stands, when it stands on one line and means nothing anywhere else; else `null`. */
export function scalarPlace(text: string, node: unknown): PlainPlace | null {
  if (!isScalar(node) || isMarked(node) || !node.range) return null;
  const [start, end] = (node as Scalar & { range: [number, number, number] }).range;
  const source = text.slice(start, end);
  if (source === '' || /[\r\n]/.test(source) || /^[|>]/.test(source)) return null;
  const quote = source[0] === '"' ? '"' : source[0] === "'" ? "'" : '';
  return { start, end, quote };
}

/** A word as YAML source in the quotes of what it replaces; what a YAML 1.1 reader could take for something else is quoted. */
export function scalarSource(word: string, quote: PlainPlace['quote'], text: string): string {
  if (isJson(text)) return JSON.stringify(word);
  if (quote !== '') return quote + word + quote;
  // Letters first, or an IPv4 address: no number, boolean, date or sexagesimal in either version.
  const plain = /^[A-Za-z][A-Za-z0-9.-]*$/.test(word) || /^\d+(\.\d+){3}$/.test(word);
  return plain && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(word)
    ? word
    : JSON.stringify(word);
}
