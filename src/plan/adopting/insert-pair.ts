import { isCollection, isPair } from 'yaml';
import type { ParsedNode } from 'yaml';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import { columnOf, eolAfter, linesAfter } from './lines.ts';
import type { ParsedPair, Place } from './place.ts';

/** A key with its value as YAML on one line, or with one key in turn. */
export interface NewPair {
  readonly key: string;
  readonly value: string | NewPair;
}

/** Writes a pair after another one of the same map: in lines of its own, or between braces. */
export function insertAfter(
  text: string,
  { pair, inFlow }: Pick<Place, 'pair' | 'inFlow'>,
  added: NewPair,
): TextSplice {
  const end = endOf(pair);
  if (inFlow) return { start: end, end, text: `, ${flowText(added)}` };
  const eol = eolAfter(text, pair.key.range[0]);
  const lines = blockLines(added, columnOf(text, pair.key.range[0]));
  return linesAfter(text, end, lines.map((line) => line + eol).join(''));
}

/** Where the last value in a pair ends; comments after it do not belong to it. */
export function endOf(pair: ParsedPair): number {
  return pair.value === null ? pair.key.range[1] : endOfNode(pair.value);
}

function endOfNode(node: ParsedNode): number {
  if (!isCollection(node) || node.flow === true) return node.range[1];
  const last: unknown = node.items.at(-1);
  if (isPair(last)) return endOf(last as ParsedPair);
  return last === undefined ? node.range[1] : endOfNode(last as ParsedNode);
}

function flowText({ key, value }: NewPair): string {
  return `${key}: ${typeof value === 'string' ? value : `{${flowText(value)}}`}`;
}

function blockLines({ key, value }: NewPair, indent: number): readonly string[] {
  const margin = ' '.repeat(indent);
  if (typeof value === 'string') return [`${margin}${key}: ${value}`];
  return [`${margin}${key}:`, ...blockLines(value, indent + 2)];
}
