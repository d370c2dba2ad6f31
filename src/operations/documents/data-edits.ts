import type { JsonObject, JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import type { DocumentPath, StructuredEdit } from '../../structured/structured.ts';
import { sameData } from './json-data.ts';

/** Fields that name the entries of lists, the likeliest first; then any other that does. */
const NAMING = ['name', 'skill_name', 'id', 'key'];

/**
 * The smallest edits that lead from one value to the other: keys of maps, and entries of lists that a field names. A list whose
 * entries have no such name, or come in another order, is set as a whole.
 */
export function editsBetween(before: JsonValue, after: JsonValue): readonly StructuredEdit[] {
  return editsAt([], before, after);
}

function editsAt(
  path: DocumentPath,
  before: JsonValue,
  after: JsonValue,
): readonly StructuredEdit[] {
  if (sameData(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) return editsOfMap(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) {
    const named = editsOfList(path, before, after);
    if (named !== null) return named;
  }
  return [{ op: 'set', path, value: after }];
}

function editsOfMap(
  path: DocumentPath,
  before: JsonObject,
  after: JsonObject,
): readonly StructuredEdit[] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [
    ...gone.map((key) => ({ op: 'remove' as const, path: [...path, key] })),
    ...Object.entries(after).flatMap(([key, value]): readonly StructuredEdit[] => {
      const at = [...path, key];
      const old = Object.hasOwn(before, key) ? before[key] : undefined;
      return old === undefined ? [{ op: 'set', path: at, value }] : editsAt(at, old, value);
    }),
  ];
}

/** Null where no field names the entries, or where what stays is not in its order before what is new. */
function editsOfList(
  path: DocumentPath,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly StructuredEdit[] | null {
  const field = namingField([before, after]);
  if (field === null) return null;
  const old = byName(before, field);
  const next = byName(after, field);
  const staying = [...old.keys()].filter((name) => next.has(name));
  const added = [...next.keys()].filter((name) => !old.has(name));
  const order = [...staying, ...added];
  if (![...next.keys()].every((name, i) => name === order[i])) return null;
  const step = (name: string): DocumentPath => [...path, { field, is: name }];
  return [
    ...[...old.keys()]
      .filter((name) => !next.has(name))
      .map((name) => ({ op: 'remove' as const, path: step(name) })),
    ...[...next].flatMap(([name, entry]): readonly StructuredEdit[] => {
      const known = old.get(name);
      return known === undefined
        ? [{ op: 'set', path: step(name), value: entry }]
        : editsAt(step(name), known, entry);
    }),
  ];
}

/** A field that every entry of both lists has, as a text that no other entry of its list has. */
function namingField(lists: readonly (readonly JsonValue[])[]): string | null {
  const [some] = lists.flat();
  // An empty list has no style of entries to follow, and nothing that has to stay.
  if (lists.some((list) => list.length === 0) || some === undefined || !isJsonObject(some))
    return null;
  const candidates = new Set([...NAMING, ...Object.keys(some)]);
  const names = [...candidates].find((field) => lists.every((list) => isNamedBy(list, field)));
  return names ?? null;
}

function isNamedBy(list: readonly JsonValue[], field: string): boolean {
  const names = list.map((entry) =>
    isJsonObject(entry) && Object.hasOwn(entry, field) ? entry[field] : null,
  );
  return names.every((name) => typeof name === 'string') && new Set(names).size === list.length;
}

function byName(list: readonly JsonValue[], field: string): ReadonlyMap<string, JsonValue> {
  return new Map(
    list.flatMap((entry) => {
      const name = isJsonObject(entry) ? entry[field] : null;
      return typeof name === 'string' ? [[name, entry] as const] : [];
    }),
  );
}
