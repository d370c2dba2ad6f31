import { isDeepStrictEqual } from 'node:util';
import { asMap } from '../pod/check-pod.ts';
import type { JsonMap } from '../pod/parse-pod.ts';
import { withoutConditionalDefaults } from './conditional-defaults.ts';
import { POD, type Shape } from './pod-defaults.ts';

/** Whether the kubelet takes two decoded manifests for the same pod: equal once what its defaults would set is left out. */
export function samePod(a: unknown, b: unknown): boolean {
  const [left, right] = [asMap(a), asMap(b)];
  if (left === null || right === null) return isDeepStrictEqual(a, b);
  return isDeepStrictEqual(withoutDefaults(left), withoutDefaults(right));
}

/** A decoded pod without the fields whose value is their default. */
export function withoutDefaults(pod: JsonMap): JsonMap {
  return withoutConditionalDefaults(reduced(pod, POD));
}

/** `null` in a struct is the same as absence (encoding/json), in a map it is not: only known structs are walked. */
function reduced(value: JsonMap, shape: Shape): JsonMap {
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    if (field === null || shape.absent?.[key]?.includes(field) === true) continue;
    const inner = reducedField(field, key, shape);
    if (shape.plain?.includes(key) === true && isEmpty(inner)) continue;
    kept[key] = inner;
  }
  return kept;
}

function reducedField(field: unknown, key: string, shape: Shape): unknown {
  const [inner, item] = [shape.fields?.[key], shape.lists?.[key]];
  const map = asMap(field);
  if (inner !== undefined && map !== null) return reduced(map, inner);
  if (item === undefined || !Array.isArray(field)) return field;
  return field.map((one: unknown) => {
    const entry = asMap(one);
    return entry === null ? one : reduced(entry, item);
  });
}

function isEmpty(value: unknown): boolean {
  const map = asMap(value);
  return map !== null && Object.keys(map).length === 0;
}
