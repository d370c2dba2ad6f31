import type { JsonValue } from '../model/item.ts';
import { isJsonObject } from '../model/json-object.ts';
import { fieldText } from './draft.ts';
import type { DocumentPath, Step } from './structured.ts';

/** The value at a path; `undefined`: absent. Of entries with the same name, the first. */
export function valueAt(value: JsonValue, path: DocumentPath): JsonValue | undefined {
  let now: JsonValue | undefined = value;
  for (const step of path) {
    if (now === undefined) return undefined;
    now = child(now, step);
  }
  return now;
}

/** A copy with another value at a path, or, for `undefined`, without one; what the path needs is made. Throws on another type. */
export function withValue(
  value: JsonValue | undefined,
  path: DocumentPath,
  wanted: JsonValue | undefined,
): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return wanted;
  const inner = value === undefined || value === null ? undefined : child(value, step);
  if (wanted === undefined && inner === undefined) return value;
  const next = withValue(inner, rest, wanted);
  if (typeof step === 'string') {
    const map = isJsonObject(value) ? value : {};
    if (!isJsonObject(value ?? {})) throw new TypeError('not a map');
    const kept = Object.entries(map).filter(([key]) => next !== undefined || key !== step);
    return Object.fromEntries(next === undefined ? kept : [...kept, [step, next]]);
  }
  const list: readonly JsonValue[] = Array.isArray(value) ? value : [];
  if (!Array.isArray(value ?? [])) throw new TypeError('not a list');
  const at = list.findIndex((item) => fieldText(item, step.field) === step.is);
  if (next === undefined) return list.filter((_item, index) => index !== at);
  const named = isJsonObject(next) && rest.length > 0 ? { [step.field]: step.is, ...next } : next;
  return at === -1 ? [...list, named] : list.with(at, named);
}

function child(value: JsonValue, step: Step): JsonValue | undefined {
  if (typeof step === 'string') {
    return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  return value.find((item: JsonValue) => fieldText(item, step.field) === step.is) as
    | JsonValue
    | undefined;
}
