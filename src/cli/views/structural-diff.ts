import { diff } from 'json-diff';

import type { JsonValue } from '../../model/item.ts';

/** One place where two JSON values differ; `undefined` = not there. Path segments as in the value, array places as numbers. */
export interface StructuralDifference {
  readonly path: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/**
 * json-diff marks differences by key suffixes (`a__added`), which real keys may carry too, and shows arrays in a form of their
 * own. Both go away by ending every key with a character that the suffix follows, and by comparing arrays by place.
 */
const END = '\u0001';
const OLD = '__old';
const NEW = '__new';

/** Where two JSON values differ, in the order of json-diff: removed and added keys, then changed ones. Empty when equal. */
export function structuralDiff(
  before: JsonValue,
  after: JsonValue,
): readonly StructuralDifference[] {
  const found: StructuralDifference[] = [];
  collect(diff({ value: marked(before) }, { value: marked(after) }), [], found);
  return found.map((difference) => ({ ...difference, path: difference.path.slice(1) }));
}

type Marked = string | number | boolean | null | { readonly [key: string]: Marked };

function marked(value: JsonValue): Marked {
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, part]) => [`${key}${END}`, marked(part)]);
  return Object.fromEntries(entries) as Marked;
}

function unmarked(value: unknown): JsonValue {
  if (value === null || typeof value !== 'object') return value as JsonValue;
  const entries = Object.entries(value).map(([key, part]) => [
    key.replace(END, ''),
    unmarked(part),
  ]);
  return Object.fromEntries(entries) as JsonValue;
}

function collect(result: unknown, path: readonly string[], found: StructuralDifference[]): void {
  if (result === null || typeof result !== 'object') return;
  const change = new Map<string, unknown>(Object.entries(result));
  if (change.has(OLD) && change.has(NEW)) {
    found.push({ path, before: unmarked(change.get(OLD)), after: unmarked(change.get(NEW)) });
    return;
  }
  for (const [key, part] of Object.entries(result)) {
    const [name = '', suffix = ''] = key.split(END);
    const here = [...path, name];
    if (suffix === '__added') found.push({ path: here, before: undefined, after: unmarked(part) });
    else if (suffix === '__deleted') {
      found.push({ path: here, before: unmarked(part), after: undefined });
    } else collect(part, here, found);
  }
}

/** One line for people: `spec.mode: 420 → 384`, `x: added 1`, `y: removed 2`. */
export function differenceLine({ path, before, after }: StructuralDifference): string {
  const place = path.join('.');
  if (before === undefined) return `+ ${place}: ${JSON.stringify(after)}`;
  if (after === undefined) return `- ${place}: ${JSON.stringify(before)}`;
  return `~ ${place}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
