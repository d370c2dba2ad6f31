import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { asMap } from '../pod/check-pod.ts';
import { isMarked } from '../pod/container.ts';
import type { JsonMap, PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';

export type EntryKey = 'volumes' | 'volumeMounts';

/** One map of a list, as node and decoded. `node` is null where it is written elsewhere (an alias) or is marked. */
export interface Entry {
  readonly index: number;
  readonly node: YAMLMap | null;
  /** Offsets of the whole value, as far as the parser tells. */
  readonly range: readonly [number, number];
  readonly decoded: JsonMap;
}

/** `spec.volumes` or `volumeMounts` of a container, as written. */
export interface EntryList {
  readonly source: PodSource;
  /** The map that has the list, or would have it. */
  readonly owner: YAMLMap;
  readonly key: EntryKey;
  /** `null`: there is no such key. */
  readonly written: WrittenList | null;
  readonly entries: readonly Entry[];
}

export interface WrittenList {
  readonly pair: Pair;
  readonly flow: boolean;
  readonly range: readonly [number, number];
}

/** Reads the list. Fails with SP2011 (anchor, alias or tag on it), SP2081 (no list of maps). */
export function readEntries(
  source: PodSource,
  owner: YAMLMap,
  key: EntryKey,
  decodedOwner: unknown,
): Result<EntryList> {
  const pair = owner.items.find((one) => isScalar(one.key) && one.key.value === key);
  if (pair === undefined) return ok({ source, owner, key, written: null, entries: [] });
  const node = pair.value;
  const spot = { path: source.path, text: source.text, offset: offsetOf(pair.key) };
  if (isMarked(node)) {
    const what = `${key} carries an anchor, alias or tag`;
    return fail(refusal('SP2011', spot, what, 'write the list out without YAML anchors'));
  }
  const range = isSeq(node) ? node.range : null;
  if (!isSeq(node) || !range) {
    const help = `write ${key} as a list, or take the key out`;
    return fail(refusal('SP2081', spot, `${key} is not a list written in place`, help));
  }
  const decoded = asMap(decodedOwner)?.[key];
  const values: readonly unknown[] = Array.isArray(decoded) ? decoded : [];
  const entries = node.items.map((item, index): Entry => {
    const [start = range[0], end = start] = rangeOf(item);
    return {
      index,
      node: isMap(item) && !isMarked(item) ? item : null,
      range: [start, end],
      decoded: asMap(values[index]) ?? {},
    };
  });
  const written = { pair, flow: node.flow === true, range: [range[0], range[1]] as const };
  return ok({ source, owner, key, written, entries });
}

/** The pair of a key in a map; `undefined` when it is not there. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((one) => isScalar(one.key) && one.key.value === key);
}

/** Offset at which the content of a node ends, without comments and line ends behind it. */
export function contentEnd(node: unknown): number {
  const [, end = 0] = rangeOf(node);
  if (!isMap(node) && !isSeq(node)) return end;
  if (node.flow === true) return end;
  const last = node.items.at(-1);
  if (last === undefined) return end;
  if (isSeq(node)) return contentEnd(last);
  const { key, value } = last as Pair;
  return value === null || (isScalar(value) && value.range?.[0] === value.range?.[1])
    ? Math.max(rangeOf(value)[1] ?? 0, rangeOf(key)[1] ?? 0)
    : contentEnd(value);
}

/** Where a node starts. */
export function offsetOf(node: unknown): number {
  return rangeOf(node)[0] ?? 0;
}

function rangeOf(node: unknown): readonly number[] {
  if (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) return node.range ?? [];
  return [];
}
