import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { DesiredItem } from '../../model/item.ts';
import type { ScheduleSpec } from '../../model/plan-file.ts';
import { entryKey, globalKey } from './item-key.ts';
import { noFile } from './no-file.ts';
import { readScheduleFile } from './read-schedule-file.ts';
import { listIn } from './validating/entry-name.ts';
import { validateScheduleDocument } from './validating/validate-document.ts';
import { wholeEntry } from './whole-entry.ts';

/** The items of a resource; values are JSON with the fields in the order in which they are declared, so that they are written so. */
export function declaredSchedules(spec: ScheduleSpec): readonly DesiredItem[] {
  const entries = Object.entries(spec.entries).map(([name, fields]): DesiredItem => ({
    key: entryKey(name, spec),
    value: fields === null ? null : JSON.stringify(wholeEntry(name, fields, spec)),
    label: entryKey(name, spec),
  }));
  const settings = Object.entries(spec.global).map(([name, value]): DesiredItem => ({
    key: globalKey(name),
    value: value === null ? null : JSON.stringify(value),
    label: `global:${name}`,
  }));
  return [...entries, ...settings];
}

/** The same for a file as it is. Fails with SP2234 (not there) and what is wrong with a file that has no list where something is to exist. */
export function desiredSchedules(
  spec: ScheduleSpec,
  image: FileImage,
  path: HostPath,
): Result<readonly DesiredItem[]> {
  const items = declaredSchedules(spec);
  if (items.every(({ value }) => value === null)) return ok(items);
  if (!image.exists) return fail(noFile(path));
  const source = readScheduleFile(image.bytes, path);
  if (!source.ok) return source;
  const list = listIn(source.value.value, spec);
  if (Array.isArray(list) || Object.values(spec.entries).every((fields) => fields === null)) {
    return ok(items);
  }
  // There is nothing to add to: what the file is to be says the validation better.
  const schema = spec.schema === 'own' ? 'own' : 'none';
  const { dialect } = spec;
  return fail(...validateScheduleDocument(source.value, path, { dialect, layout: spec, schema }));
}
