import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonValue } from '../../model/item.ts';
import type { ScheduleSpec } from '../../model/plan-file.ts';
import type { HeldSchedule } from '../held-schedule.ts';
import { entryKey } from './item-key.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { isOwnLayout } from './layout.ts';
import { readScheduleFile } from './read-schedule-file.ts';
import { listIn, nameOf } from './validating/entry-name.ts';

/**
 * The schedules of all entries of the list, in the zone that `global` names. None without a resource: only a resource says where the list
 * is and who reads it.
 */
export function heldSchedules(
  spec: ScheduleSpec | null,
  image: FileImage,
  path: HostPath,
): ReadonlyMap<ItemKey, HeldSchedule> {
  const source = spec === null || !image.exists ? null : readScheduleFile(image.bytes, path);
  if (spec === null || source?.ok !== true) return new Map();
  const { value } = source.value;
  const list = listIn(value, spec);
  if (!Array.isArray(list)) return new Map();
  const named = globalOf(value, 'timezone');
  const zone = typeof named === 'string' ? named : null;
  // Another form may switch off otherwise, or mean something else by that word.
  const canBeOff = isOwnLayout(spec);
  const held = list.flatMap((entry): (readonly [ItemKey, HeldSchedule])[] => {
    const name = nameOf(entry, spec);
    const text = isJsonObject(entry) ? entry[spec.scheduleField] : undefined;
    if (name === null || typeof text !== 'string') return [];
    const enabled = !(canBeOff && isJsonObject(entry) && entry['enabled'] === false);
    return [[entryKey(name, spec), { text, dialect: spec.dialect, zone, name, enabled }]];
  });
  return new Map(held);
}

/** How many entries a file of our own form lets run at once (`global.max_concurrent`); null: it does not say. */
export function runsAtOnce(
  spec: ScheduleSpec | null,
  image: FileImage,
  path: HostPath,
): number | null {
  if (spec === null || !isOwnLayout(spec) || !image.exists) return null;
  const source = readScheduleFile(image.bytes, path);
  const most = source.ok ? globalOf(source.value.value, 'max_concurrent') : undefined;
  return typeof most === 'number' ? most : null;
}

function globalOf(document: JsonValue, field: string): JsonValue | undefined {
  const global = isJsonObject(document) ? document['global'] : undefined;
  return isJsonObject(global) ? global[field] : undefined;
}
