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
 * own. Both go away by ending every key with a character that the suffix follows, and by comparing arrays of objects by place.
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

/** Begins a text that stands for a JSON value: arrays of plain values are compared and shown whole. */
const LEAF = '\u0002';

function marked(value: JsonValue): Marked {
  if (isLeaf(value)) return asLeaf(value);
  const entries = Object.entries(value as object).map(([key, part]) => [
    `${key}${END}`,
    marked(part as JsonValue),
  ]);
  return Object.fromEntries(entries) as Marked;
}

/** What has no places inside: plain values, arrays of them, and what is empty. */
function isLeaf(value: JsonValue): boolean {
  if (value === null || typeof value !== 'object') return true;
  const parts: readonly unknown[] = Object.values(value);
  return parts.every((part) => Array.isArray(value) && !isPlace(part));
}

function asLeaf(value: JsonValue): Marked {
  if (typeof value === 'string' && !value.startsWith(LEAF)) return value;
  if (value !== null && (typeof value === 'object' || typeof value === 'string')) {
    return `${LEAF}${JSON.stringify(value)}`;
  }
  return value;
}

function unmarked(value: unknown): JsonValue {
  if (typeof value !== 'string' || !value.startsWith(LEAF)) return value as JsonValue;
  return JSON.parse(value.slice(LEAF.length)) as JsonValue;
}

function collect(result: unknown, path: readonly string[], found: StructuralDifference[]): void {
  if (result === null || typeof result !== 'object') return;
  const change = new Map<string, unknown>(Object.entries(result));
  if (change.has(OLD) && change.has(NEW)) {
    found.push(...between(path, change.get(OLD), change.get(NEW)));
    return;
  }
  for (const [key, part] of Object.entries(result)) {
    const [name = '', suffix = ''] = key.split(END);
    const here = [...path, name];
    if (suffix === '__added') found.push(...leaves(here, part, 'after'));
    else if (suffix === '__deleted') found.push(...leaves(here, part, 'before'));
    else collect(part, here, found);
  }
}

function between(
  path: readonly string[],
  before: unknown,
  after: unknown,
): readonly StructuralDifference[] {
  if (isPlace(before) || isPlace(after)) {
    const both = [...leaves(path, before, 'before'), ...leaves(path, after, 'after')];
    // An empty object that gets places, or loses them all, is no difference of its own.
    return both.filter((found) => found.path !== path || !isEmpty(found.before ?? found.after));
  }
  return [{ path, before: unmarked(before), after: unmarked(after) }];
}

/** What appears or disappears whole, one difference a leaf. */
function leaves(
  path: readonly string[],
  value: unknown,
  side: 'before' | 'after',
): readonly StructuralDifference[] {
  if (isPlace(value)) {
    return Object.entries(value).flatMap(([key, part]) =>
      leaves([...path, key.replace(END, '')], part, side),
    );
  }
  const leaf = unmarked(value);
  return side === 'after'
    ? [{ path, before: undefined, after: leaf }]
    : [{ path, before: leaf, after: undefined }];
}

function isEmpty(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isPlace(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** One line for people: `spec.mode: 420 → 384`, `x: added 1`, `y: removed 2`. */
export function differenceLine({ path, before, after }: StructuralDifference): string {
  const place = path.join('.');
  if (before === undefined) return `+ ${place}: ${JSON.stringify(after)}`;
  if (after === undefined) return `- ${place}: ${JSON.stringify(before)}`;
  return `~ ${place}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
