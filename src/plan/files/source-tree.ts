import type { JsonValue } from '../../model/item.ts';
import type { SourceFile, Span } from './source-file.ts';

/** `text` is what stands in the file for numbers, booleans and null (`0644`, `1e3`), and the value of a string. */
export interface ScalarNode extends Span {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SourceNode;
}

export interface MapNode extends Span {
  readonly type: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface ListNode extends Span {
  readonly type: 'list';
  readonly items: readonly SourceNode[];
}

/** A YAML value that knows where it stands. Aliases are already replaced by what they stand for. */
export type SourceNode = ScalarNode | MapNode | ListNode;

export interface SourceTree {
  readonly file: SourceFile;
  readonly root: MapNode;
}

/** The value of `key`, or `undefined` when `node` is no mapping or has no such key. */
export function child(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return node?.type === 'map' ? node.entries.get(key)?.value : undefined;
}

export function items(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.type === 'list' ? node.items : [];
}

export function entries(node: SourceNode | undefined): readonly MapEntry[] {
  return node?.type === 'map' ? [...node.entries.values()] : [];
}

/** Plain JSON. `scalar` gives the JSON of scalars; default: their value. */
export function toJson(
  node: SourceNode,
  scalar: (node: ScalarNode) => JsonValue = (leaf) => leaf.value,
): JsonValue {
  if (node.type === 'scalar') return scalar(node);
  if (node.type === 'list') return node.items.map((item) => toJson(item, scalar));
  const members = [...node.entries.values()].map((entry): [string, JsonValue] => [
    entry.key,
    toJson(entry.value, scalar),
  ]);
  return Object.fromEntries(members);
}

/** JSON as a tree whose every node stands at `span`: for values that come from elsewhere. */
export function fromJson(value: JsonValue, span: Span): SourceNode {
  const at = { start: span.start, end: span.end };
  if (value === null || typeof value !== 'object') {
    return { type: 'scalar', value, text: String(value), ...at };
  }
  if (Array.isArray(value)) {
    return { type: 'list', items: value.map((item: JsonValue) => fromJson(item, span)), ...at };
  }
  const members = Object.entries(value).map(([key, member]): [string, MapEntry] => [
    key,
    { key, keySpan: at, value: fromJson(member, span) },
  ]);
  return { type: 'map', entries: new Map(members), ...at };
}

/** The same tree with every node at `span`: a variable's value reports problems where it is used. */
export function moved(node: SourceNode, span: Span): SourceNode {
  const at = { start: span.start, end: span.end };
  if (node.type === 'scalar') return { ...node, ...at };
  if (node.type === 'list') return { ...node, items: node.items.map((i) => moved(i, span)), ...at };
  const members = [...node.entries.values()].map((entry): [string, MapEntry] => [
    entry.key,
    { key: entry.key, keySpan: at, value: moved(entry.value, span) },
  ]);
  return { type: 'map', entries: new Map(members), ...at };
}

/** JSON pointer of ajv (`/resources/a~1b/0`) as path segments. */
export function pointerPath(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The node at `path` and the span that names it best: the key of a mapping's member, otherwise the node itself. */
export function locate(
  root: SourceNode,
  path: readonly string[],
): { readonly node: SourceNode; readonly name: Span } | undefined {
  let node: SourceNode = root;
  let name: Span = { start: root.start, end: root.start };
  for (const segment of path) {
    if (node.type === 'map') {
      const entry = node.entries.get(segment);
      if (entry === undefined) return undefined;
      node = entry.value;
      name = entry.keySpan;
    } else {
      const item: SourceNode | undefined =
        node.type === 'list' ? node.items[Number(segment)] : undefined;
      if (item === undefined) return undefined;
      node = item;
      name = item;
    }
  }
  return { node, name };
}
