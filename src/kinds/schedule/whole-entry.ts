import type { JsonObject, JsonValue } from '../../model/item.ts';
import type { ScheduleLayout } from './layout.ts';

/** An entry as it stands in the file: its name first, then its fields as they are declared. */
export function wholeEntry(
  name: string,
  fields: JsonObject,
  { key }: Pick<ScheduleLayout, 'key'>,
): JsonObject {
  return { [key]: name, ...fields };
}

/** A document that holds nothing but these entries and settings. */
export function documentOf(
  entries: readonly JsonObject[],
  global: JsonObject | null,
  { list }: Pick<ScheduleLayout, 'list'>,
): JsonValue {
  if (list.length === 0) return entries;
  const nested = list.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), entries);
  const settings = global === null ? {} : { global };
  return { version: '1.0.0', ...settings, ...(nested as JsonObject) };
}
