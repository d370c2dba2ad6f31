import { isMap, isScalar, isSeq } from 'yaml';
import type { Document } from 'yaml';
import type { Spot } from '../../../structured/refusal.ts';

type Keys = readonly (string | number)[];

/** Where a key of a pod stands, or the nearest one on the way to it: the place that a message names. */
export function podSpot(document: Document.Parsed, text: string, path: string, keys: Keys): Spot {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of keys) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && one.key.value === key);
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      next = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      next = node.items[key];
      offset = startOf(next) ?? offset;
    } else break;
    node = next;
  }
  return { path, text, offset };
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}
