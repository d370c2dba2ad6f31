import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { collectionNode, scalarNode } from './node.ts';
import type { Entry, Node, Oddity, ScalarStyle } from './node.ts';

/** An alias that stands for nothing that a file can hold. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** What is known of one document so far. */
interface Reading {
  /** Anchors by name, the last one of a name; `null`: what has it is not complete yet. */
  readonly anchors: Map<string, Node | null>;
  readonly bad: Fault[];
}

type ParsedPair = Pair<ParsedNode, ParsedNode | null>;

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/**
 * The contents of a document as ours. An alias is the very value of its anchor, not a copy: what it would expand to is only counted. An
 * alias of nothing, or of what it stands in, is put into `bad`: the parser takes both. Recurses once a level.
 */
export function readYaml(contents: ParsedNode, bad: Fault[]): Node {
  return readNode(contents, { anchors: new Map(), bad });
}

function readNode(node: ParsedNode, reading: Reading): Node {
  if (isAlias(node)) return readAlias(node.source, node.range, reading);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, null);
  const read = isScalar(node) ? readScalar(node) : readCollection(node, reading);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, read);
  return read;
}

function readAlias(name: string, range: readonly number[], { anchors, bad }: Reading): Node {
  const [start = 0, end = start] = range;
  const odd = { what: `the alias *${name}`, inValue: true };
  const target = anchors.get(name) ?? null;
  if (target === null) {
    const message = anchors.has(name)
      ? `the alias *${name} stands for what it stands in`
      : `no anchor &${name} stands before the alias *${name}`;
    bad.push({ offset: start, message });
    return scalarNode({ start, end, odd }, 'plain', `*${name}`);
  }
  const { value, size, height } = target;
  return { kind: 'scalar', style: 'plain', start, end, odd, oddWithin: odd, value, size, height };
}

function readScalar(node: Scalar.Parsed): Node {
  const [start, end] = node.range;
  const style = STYLES[node.type ?? ''] ?? 'plain';
  const odd = oddness(node);
  const value: unknown = node.value;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return scalarNode({ start, end, odd }, style, value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return scalarNode({ start, end, odd }, style, value);
  }
  const strange = odd?.inValue === false ? odd : beyondValue('a value that JSON does not have');
  return scalarNode({ start, end, odd: strange }, style, node.source);
}

function readCollection(node: YAMLMap.Parsed | YAMLSeq.Parsed, reading: Reading): Node {
  const flow = node.flow === true;
  const entries = isMap(node)
    ? node.items.map((pair) => readPair(pair, reading))
    : readItems(node, flow, reading);
  const [start] = node.range;
  const end = flow ? node.range[1] : (entries.at(-1)?.node.end ?? node.range[1]);
  const bounds = { start, end, odd: oddCollection(node) };
  return collectionNode(bounds, isSeq(node) ? 'list' : 'map', flow, entries);
}

function readItems(node: YAMLSeq.Parsed, flow: boolean, reading: Reading): readonly Entry[] {
  const tokens = node.srcToken?.type === 'block-seq' ? node.srcToken.items : [];
  return node.items.map((item, index) => {
    const read = readNode(item, reading);
    const dash = tokens[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
    if (flow || dash === undefined) {
      return { key: '', start: read.start, head: read.start, node: read };
    }
    return { key: '', start: dash, head: dash + 1, node: atHead(read, dash + 1) };
  });
}

function readPair(pair: ParsedPair, reading: Reading): Entry {
  const key = pair.key;
  const start = key.range[0];
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  const head = colon === undefined ? key.range[1] : colon.offset + 1;
  readNode(key, reading);
  const node =
    pair.value === null
      ? scalarNode({ start: head, end: head, odd: null }, 'plain', null)
      : atHead(readNode(pair.value, reading), head);
  return { key: keyText(key), start, head, node };
}

/** What is left out stands right behind its colon or dash, wherever the parser saw it. */
function atHead(node: Node, head: number): Node {
  return node.start === node.end ? { ...node, start: head, end: head } : node;
}

function keyText(key: ParsedNode): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : key.source) : '? …';
}

function oddness(node: Exclude<ParsedNode, { type: 'ALIAS' }>): Oddity | null {
  if (isAlias(node)) return null;
  if (node.tag !== undefined) return beyondValue(`the tag ${node.tag}`);
  return node.anchor !== undefined ? { what: `the anchor &${node.anchor}`, inValue: true } : null;
}

/** What the value does not say before what it says. */
function oddCollection(node: YAMLMap.Parsed | YAMLSeq.Parsed): Oddity | null {
  const pairs = isMap(node) ? node.items.map(oddPair) : [];
  const all = [oddness(node), ...pairs].filter((one) => one !== null);
  return all.find(({ inValue }) => !inValue) ?? all[0] ?? null;
}

function oddPair({ key, value, srcToken }: ParsedPair): Oddity | null {
  if (!isScalar(key)) return beyondValue('a key that is no text');
  const explicit = srcToken?.start.some(({ type }) => type === 'explicit-key-ind');
  if (explicit === true) return { what: 'a key written with ?', inValue: true };
  if (key.anchor !== undefined || key.tag !== undefined)
    return beyondValue('a key with an anchor or a tag');
  if (key.value === '<<') return beyondValue('the merge key <<');
  return value === null ? { what: 'a key without a value', inValue: true } : null;
}

function beyondValue(what: string): Oddity {
  return { what, inValue: false };
}
