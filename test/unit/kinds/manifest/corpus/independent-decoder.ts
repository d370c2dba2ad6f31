import { isSeq, parseAllDocuments, parseDocument } from 'yaml';
import type { ParsedNode } from 'yaml';

export type ListName = 'command' | 'args';
type Decoded = Readonly<Record<string, unknown>>;

/**
 * A manifest read without any code of setpoint: as JSON when it begins with a brace, else as YAML (1.1 as the kubelet does), of
 * several documents the first.
 */
export function decodeManifest(text: string, version: '1.1' | '1.2' = '1.1'): Decoded {
  if (/^\s*\{/.test(text)) return JSON.parse(text) as Decoded;
  const [first] = parseAllDocuments(text, { version, uniqueKeys: false });
  return first?.toJS() as Decoded;
}

/** Where a container stands, by name or the only one of `containers`. */
export function placeOf(pod: Decoded, name: string | undefined) {
  for (const group of ['containers', 'initContainers'] as const) {
    const list = ((pod['spec'] as Decoded)[group] ?? []) as readonly Decoded[];
    const index = list.findIndex((one) => name === undefined || one['name'] === name);
    if (index !== -1) return { group, index };
  }
  throw new Error(`no container ${name}`);
}

type Place = ReturnType<typeof placeOf>;

/** `command` and `args` of a container. */
export function listsOf(
  pod: Decoded,
  { group, index }: Place,
): Readonly<Record<ListName, string[]>> {
  const container = ((pod['spec'] as Decoded)[group] as readonly Decoded[])[index] ?? {};
  const list = (name: ListName) => [...((container[name] as string[] | null | undefined) ?? [])];
  return { command: list('command'), args: list('args') };
}

/** The pod without both lists of a container. */
export function withoutLists(pod: Decoded, { group, index }: Place): Decoded {
  const copy = structuredClone(pod) as { spec: Record<string, Record<string, unknown>[]> };
  const container = copy.spec[group]?.[index];
  delete container?.['command'];
  delete container?.['args'];
  return copy;
}

/** First and last line (from 0) that an item may share with an edit of it: of a flow list up to its neighbours. */
export function linesOfItem(
  text: string,
  place: Place,
  list: ListName,
  index: number,
): readonly [number, number] {
  const plain = text.replace('\uFEFF', '');
  const document = parseDocument(plain, { uniqueKeys: false });
  const node = document.getIn(['spec', place.group, place.index, list], true);
  if (!isSeq<ParsedNode>(node) || !node.range) throw new Error(`${list} is no list`);
  const [own, before, after] = [node.items[index], node.items[index - 1], node.items[index + 1]];
  const [start, end] = own?.range ?? node.range;
  if (node.flow === true) {
    const [from, to] = [before?.range[1] ?? node.range[0], after?.range[0] ?? node.range[1]];
    return [lineAt(plain, from), lineAt(plain, to)];
  }
  const lines = plain.split('\n');
  let first = lineAt(plain, start);
  while (!/^\s*-(\s|$)/.test(lines[first] ?? '- ')) first -= 1;
  return [first, lineAt(plain, end - 1)];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** The text without the lines of the wanted items of both lists, and without what stands in brackets. */
export function withoutItems(
  text: string,
  place: Place,
  wanted: (item: string, before: string) => boolean,
): string {
  const plain = text.replace('\uFEFF', '');
  const document = parseDocument(plain, { uniqueKeys: false });
  const cuts = (['command', 'args'] as const).flatMap((list) => {
    const node = document.getIn(['spec', place.group, place.index, list], true);
    if (!isSeq<ParsedNode>(node) || !node.range) return [];
    if (node.flow === true) return [[node.range[0], node.range[1]] as const];
    return node.items.flatMap((item, index) => {
      const previous = String(node.items[index - 1]?.toJS(document) ?? '');
      if (!wanted(String(item.toJS(document)), previous)) return [];
      const [from, to] = linesOfItem(text, place, list, index);
      return [[startOfLine(plain, from), startOfLine(plain, to + 1)] as const];
    });
  });
  const rest = cuts
    .toSorted(([a], [b]) => b - a)
    .reduce((now, [from, to]) => now.slice(0, from) + now.slice(to), plain);
  return rest.replaceAll('\r\n', '\n');
}

function startOfLine(text: string, line: number): number {
  return text.split('\n').slice(0, line).join('\n').length + (line === 0 ? 0 : 1);
}
