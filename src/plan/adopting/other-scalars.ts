import { canonicalJson } from '../../model/canonical-json.ts';
import type { JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';

export interface OtherScalar {
  /** Keys from the top of the value. */
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
}

/**
 * The scalars of a declared value that are other scalars now; `null`: more than that differs (keys, lists). The order of keys is no difference.
 */
export function otherScalars(
  declared: JsonValue,
  live: JsonValue,
  path: readonly string[] = [],
): readonly OtherScalar[] | null {
  if (canonicalJson(declared) === canonicalJson(live)) return [];
  if (isJsonObject(declared) && isJsonObject(live)) return inMapping(declared, live, path);
  return isScalar(declared) && isScalar(live) ? [{ path, value: live }] : null;
}

function inMapping(
  declared: { readonly [key: string]: JsonValue },
  live: { readonly [key: string]: JsonValue },
  path: readonly string[],
): readonly OtherScalar[] | null {
  const keys = Object.keys(declared);
  if (Object.keys(live).length !== keys.length) return null;
  const found: OtherScalar[] = [];
  for (const key of keys) {
    const [was, is] = [declared[key], Object.hasOwn(live, key) ? live[key] : undefined];
    if (was === undefined || is === undefined) return null;
    const inside = otherScalars(was, is, [...path, key]);
    if (inside === null) return null;
    found.push(...inside);
  }
  return found;
}

function isScalar(value: JsonValue): value is OtherScalar['value'] {
  return value === null || typeof value !== 'object';
}
