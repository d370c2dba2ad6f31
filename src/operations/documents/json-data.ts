import type { JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { isWellFormed } from '../../model/well-formed.ts';

/** Deeper data is refused: readers of documents give up, too. */
const DEEPEST = 64;

export interface NotJson {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly why: string;
}

/** Every place of `value` that no document can hold. Empty: it is a {@link JsonValue}. Terminates for circular values, too. */
export function notJson(value: unknown): readonly NotJson[] {
  const found: NotJson[] = [];
  look(value, '', 0, found);
  return found;
}

function look(value: unknown, pointer: string, depth: number, found: NotJson[]): void {
  const why = depth > DEEPEST ? `deeper than ${String(DEEPEST)} levels` : reason(value);
  if (why !== null) {
    found.push({ pointer, why });
    return;
  }
  // By index: a hole in an array is an undefined value, which `forEach` would pass over.
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    for (let i = 0; i < list.length; i += 1)
      look(list[i], `${pointer}/${String(i)}`, depth + 1, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const at = `${pointer}/${escaped(key)}`;
      if (isWellFormed(key)) look(member, at, depth + 1, found);
      else
        found.push({ pointer: JSON.stringify(at), why: 'a key that is not well-formed Unicode' });
    }
  }
}

function reason(value: unknown): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') {
    return isWellFormed(value) ? null : 'a text that is not well-formed Unicode';
  }
  if (typeof value === 'number') return Number.isFinite(value) ? null : String(value);
  if (typeof value !== 'object') return typeof value;
  return Array.isArray(value) || isPlain(value) ? null : 'no plain object';
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    prototype === Object.prototype ||
    // Of another realm, such as a test's or a sandbox's.
    Object.getPrototypeOf(prototype) === null
  );
}

/** One step of a JSON pointer. */
export function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Equal as data: the order of keys says nothing, that of lists does. */
export function sameData(a: JsonValue, b: JsonValue): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    const other: readonly JsonValue[] = b;
    return a.every((one: JsonValue, i) => sameData(one, other[i] ?? null));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return Object.is(a, b) || (a === 0 && b === 0);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameData(a[key] ?? null, b[key] ?? null))
  );
}
