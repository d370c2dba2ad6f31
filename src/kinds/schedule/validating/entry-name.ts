import { quoted } from '../../../diagnostics/printable.ts';
import type { JsonValue } from '../../../model/item.ts';
import { isJsonObject } from '../../../model/json-object.ts';
import type { ScheduleLayout } from '../layout.ts';
import type { ValuePath } from './problem.ts';

/** The list of jobs in a document; `undefined`: there is none. */
export function listIn(document: JsonValue, { list }: ScheduleLayout): JsonValue | undefined {
  let found: JsonValue | undefined = document;
  for (const key of list) found = isJsonObject(found) ? member(found, key) : undefined;
  return found;
}

/** The text in the key field of an entry; `null`: it has none. */
export function nameOf(entry: JsonValue | undefined, { key }: ScheduleLayout): string | null {
  const name = isJsonObject(entry) ? member(entry, key) : undefined;
  return typeof name === 'string' ? name : null;
}

/** How a sentence calls the value at a path: `"enabled" of entry "backup-db"`, `"timezone" of global`. */
export function calledAt(document: JsonValue, path: ValuePath, layout: ScheduleLayout): string {
  const depth = layout.list.length;
  const inList = layout.list.every((key, at) => path[at] === key) && path.length > depth;
  if (!inList) return called(path);
  const list = listIn(document, layout);
  const index = Number(path[depth]);
  const name = Array.isArray(list) ? nameOf(list[index] as JsonValue, layout) : null;
  const entry = name === null || name === '' ? `entry ${index + 1}` : `entry ${quoted(name)}`;
  const rest = path.slice(depth + 1);
  return rest.length === 0 ? entry : `${called(rest)} of ${entry}`;
}

function called(path: ValuePath): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the file' : quoted(text);
}

function member(map: { readonly [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
