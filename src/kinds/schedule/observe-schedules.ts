import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { LiveItem } from '../../model/item.ts';
import type { Structured } from '../../structured/structured.ts';
import { liveItem, NOTHING } from '../structured-items/live-item.ts';
import { notUnderstood } from '../structured-items/not-understood.ts';
import { documentPath, readKey } from './item-key.ts';
import type { ScheduleItem } from './item-key.ts';
import { OWN_LAYOUT } from './layout.ts';
import { readScheduleFile } from './read-schedule-file.ts';
import { listIn, nameOf } from './validating/entry-name.ts';
import { placesOf } from './validating/place-problems.ts';
import { problem } from './validating/problem.ts';

/** Live values as JSON. Fails where the file cannot be read, with SP2225 (which of two?) and SP2235 (no item of this kind). */
export function observeSchedules(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const items = keys.map((key) => [key, readKey(key)] as const);
  const unknown = items.filter(([, item]) => item === null).map(([key]) => key);
  if (unknown.length > 0) return fail(notUnderstood('SP2235', path, unknown.join(', ')));
  if (!image.exists) return ok(new Map(keys.map((key) => [key, NOTHING])));
  const source = readScheduleFile(image.bytes, path);
  if (!source.ok) return source;
  const found = new Map<ItemKey, LiveItem>();
  const problems: Diagnostic[] = [];
  for (const [key, item] of items) {
    if (item === null) continue;
    const twice = givenTwice(source.value, item, path);
    if (twice === null) found.set(key, liveItem(source.value, documentPath(item)));
    else problems.push(twice);
  }
  return problems.length > 0 ? fail(...problems) : ok(found);
}

/** Which of them is meant nobody can say. */
function givenTwice(source: Structured, item: ScheduleItem, path: HostPath): Diagnostic | null {
  if (item.item === 'global') return null;
  const layout = { list: item.list, key: item.key, scheduleField: OWN_LAYOUT.scheduleField };
  const list = listIn(source.value, layout);
  if (!Array.isArray(list)) return null;
  const first = list.findIndex((entry) => nameOf(entry, layout) === item.name);
  const second = list.findIndex((entry, at) => at > first && nameOf(entry, layout) === item.name);
  if (first === -1 || second === -1) return null;
  const message = `entry ${second + 1} has the name ${quoted(item.name)}, as entry ${first + 1} has`;
  const about = problem('SP2225', [...item.list, second, item.key], message);
  const [at] = placesOf(source.text, path, [about]);
  const help = 'rename or remove one';
  const said = { code: 'SP2225', severity: 'error', message, help } as const;
  return at === undefined ? said : { ...said, at };
}
