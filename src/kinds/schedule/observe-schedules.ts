import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonValue, LiveItem } from '../../model/item.ts';
import type { Structured } from '../../structured/structured.ts';
import { liveItem, NOTHING } from '../structured-items/live-item.ts';
import { notUnderstood } from '../structured-items/not-understood.ts';
import { documentPath, readKey } from './item-key.ts';
import type { ScheduleItem } from './item-key.ts';
import { OWN_LAYOUT } from './layout.ts';
import { readScheduleFile } from './read-schedule-file.ts';
import { listIn, nameOf } from './validating/entry-name.ts';
import { problem } from './validating/problem.ts';
import type { ScheduleProblem } from './validating/problem.ts';
import { placedProblems } from './validating/validate-document.ts';

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
  const known = items.flatMap(([key, item]) => (item === null ? [] : [{ key, item }]));
  const problems = givenTwice(
    source.value,
    known.map(({ item }) => item),
    path,
  );
  if (problems.length > 0) return fail(...problems);
  return ok(
    new Map(known.map(({ key, item }) => [key, liveItem(source.value, documentPath(item))])),
  );
}

/** Which of them is meant nobody can say. The names of a list are gone through once, however many entries are asked for. */
function givenTwice(
  source: Structured,
  items: readonly ScheduleItem[],
  path: HostPath,
): readonly Diagnostic[] {
  const byList = new Map<string, ReadonlyMap<string, Twice>>();
  const found = items.flatMap((item): readonly ScheduleProblem[] => {
    if (item.item === 'global') return [];
    const where = JSON.stringify([item.list, item.key]);
    const names = byList.get(where) ?? namesTwice(source.value, item);
    byList.set(where, names);
    const both = names.get(item.name);
    if (both === undefined) return [];
    const { first, second } = both;
    const message = `entry ${second + 1} has the name ${quoted(item.name)}, as entry ${first + 1} has`;
    return [problem('SP2225', [...item.list, second, item.key], message, 'rename or remove one')];
  });
  return placedProblems(source.text, path, found);
}

interface Twice {
  readonly first: number;
  readonly second: number;
}

function namesTwice(
  document: JsonValue,
  { list: steps, key }: Extract<ScheduleItem, { item: 'entry' }>,
): ReadonlyMap<string, Twice> {
  const layout = { list: steps, key, scheduleField: OWN_LAYOUT.scheduleField };
  const list = listIn(document, layout);
  const twice = new Map<string, Twice>();
  const seen = new Map<string, number>();
  for (const [second, entry] of (Array.isArray(list) ? list : []).entries()) {
    const name = nameOf(entry as JsonValue, layout);
    const first = name === null ? undefined : seen.get(name);
    if (name === null) continue;
    if (first === undefined) seen.set(name, second);
    else if (!twice.has(name)) twice.set(name, { first, second });
  }
  return twice;
}
