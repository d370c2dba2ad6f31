import type { JsonValue } from '../../../model/item.ts';
import { isJsonObject } from '../../../model/json-object.ts';
import type { ValuePath } from './problem.ts';

/** A JSON pointer of ajv (`/schedules/0/tags`) as steps into the document that it is about. */
export function pathOf(document: JsonValue, pointer: string): ValuePath {
  let value: JsonValue | undefined = document;
  return pointer
    .split('/')
    .slice(1)
    .map((text) => {
      const key = text.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = into(value, step);
      return step;
    });
}

export function valueAt(document: JsonValue, path: ValuePath): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of path) value = into(value, step);
  return value;
}

function into(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(step)] as JsonValue | undefined;
  const key = String(step);
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
