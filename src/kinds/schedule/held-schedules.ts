import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ScheduleSpec } from '../../model/plan-file.ts';
import type { HeldSchedule } from '../held-schedule.ts';
import { entryKey } from './item-key.ts';
import { isJsonObject } from '../../model/json-object.ts';
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
  const global = isJsonObject(value) ? value['global'] : undefined;
  const named = isJsonObject(global) ? global['timezone'] : undefined;
  const zone = typeof named === 'string' ? named : null;
  const held = list.flatMap((entry): (readonly [ItemKey, HeldSchedule])[] => {
    const name = nameOf(entry, spec);
    const text = isJsonObject(entry) ? entry[spec.scheduleField] : undefined;
    if (name === null || typeof text !== 'string') return [];
    return [[entryKey(name, spec), { text, dialect: spec.dialect, zone, name }]];
  });
  return new Map(held);
}
