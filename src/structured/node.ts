import type { JsonValue } from '../model/item.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** What readers do with a node that a splice could break. */
export interface Oddity {
  /** A phrase: `the anchor &a`, `a tag`. */
  readonly what: string;
  /** Does the value say all of it? Then a text that is made anew from the value means the same to its readers. */
  readonly inValue: boolean;
}

/** What all nodes have. Offsets are UTF-16 units of the whole file's text. */
interface Placed {
  readonly start: number;
  /** After the last character of it; of a block collection, of its last value. */
  readonly end: number;
  /** An anchor, a tag, `<<`; `null`: nothing. */
  readonly odd: Oddity | null;
  /** The same, of it or of anything within it. */
  readonly oddWithin: Oddity | null;
  readonly value: JsonValue;
  /** Values within it and it itself, aliases expanded; a long text is one for each hundred characters. */
  readonly size: number;
  /** Levels within it and itself, aliases expanded. */
  readonly height: number;
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
}

/** A pair of a map, or an item of a list (its key is `''`). */
export interface Entry {
  readonly key: string;
  /** Of the key, or of the dash; in brackets, of the value. */
  readonly start: number;
  /** After the colon, or after the dash. */
  readonly head: number;
  readonly node: Node;
}

export interface CollectionNode extends Placed {
  readonly kind: 'map' | 'list';
  /** Between brackets or braces. */
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export type Node = ScalarNode | CollectionNode;

interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly odd: Oddity | null;
}

export function scalarNode(
  bounds: Bounds,
  style: ScalarStyle,
  value: string | number | boolean | null,
): ScalarNode {
  const size = typeof value === 'string' ? sizeOf(value) : 1;
  return { kind: 'scalar', ...bounds, oddWithin: bounds.odd, style, value, size, height: 1 };
}

function sizeOf(text: string): number {
  return 1 + Math.floor(text.length / 100);
}

export function collectionNode(
  bounds: Bounds,
  kind: 'map' | 'list',
  flow: boolean,
  entries: readonly Entry[],
): CollectionNode {
  let [size, height, oddWithin] = [1, 1, bounds.odd];
  for (const { key, node } of entries) {
    size += node.size + sizeOf(key) - 1;
    height = Math.max(height, node.height + 1);
    oddWithin ??= node.oddWithin;
  }
  // `fromEntries` makes `__proto__` a key like any other.
  const value =
    kind === 'list'
      ? entries.map(({ node }) => node.value)
      : Object.fromEntries(entries.map(({ key, node }) => [key, node.value]));
  return { kind, ...bounds, flow, entries, oddWithin, value, size, height };
}
