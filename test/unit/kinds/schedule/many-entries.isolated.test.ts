import { expect, it } from 'vitest';
import { desiredSchedules } from '../../../../src/kinds/schedule/desired-schedules.ts';
import { editSchedules } from '../../../../src/kinds/schedule/edit-schedules.ts';
import { judgeSchedules } from '../../../../src/kinds/schedule/judge-schedules.ts';
import { OWN_LAYOUT } from '../../../../src/kinds/schedule/layout.ts';
import { observeSchedules } from '../../../../src/kinds/schedule/observe-schedules.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { ScheduleSpec } from '../../../../src/model/plan-file.ts';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';

const PATH = '/srv/jobs.json' as HostPath;

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '));
  return result.value;
}

/** All entries declared, changed, judged, looked at again, taken away and given back. */
function throughTheKind(count: number): void {
  const names = Array.from({ length: count }, (_one, at) => `job-${at}`);
  const spec = {
    ...OWN_LAYOUT,
    kind: 'schedule',
    dialect: 'crontab',
    schema: 'own',
    global: {},
    entries: Object.fromEntries(names.map((name) => [name, { schedule: '0 3 * * *' }])),
  } as unknown as ScheduleSpec;
  const schedules = names.map((name) => ({ skill_name: name, schedule: '1 2 * * *' }));
  const text = `${JSON.stringify({ version: '1.0.0', schedules }, null, 2)}\n`;
  const image: FileImage = { exists: true, bytes: Buffer.from(text), mode: 0o644 };
  const items = value(desiredSchedules(spec, image, PATH));
  const keys = items.map(({ key }) => key);
  const live = value(observeSchedules(image, keys, PATH));
  const sets = items.map((item): ItemEdit => ({ op: 'set', item, ours: false }));
  const changed = value(editSchedules(image, sets, PATH)).image;
  expect(judgeSchedules(spec, image, changed, PATH, {})).toStrictEqual([]);
  const after = value(observeSchedules(changed, keys, PATH));
  expect(items.every((item) => after.get(item.key)?.value === item.value)).toBe(true);
  const removals = items.map((item): ItemEdit => ({
    op: 'set',
    item: { ...item, value: null },
    ours: true,
  }));
  const emptied = value(editSchedules(changed, removals, PATH)).image;
  const restores = keys.map((key): ItemEdit => ({
    op: 'restore',
    key,
    before: live.get(key)?.before ?? {},
    original: null,
  }));
  const restored = value(editSchedules(emptied, restores, PATH)).image;
  expect(restored).toStrictEqual({ ...image, bytes: new TextEncoder().encode(text) });
}

/** How often fields of entries are looked up, by the two calls with which it is done. A spy would keep every call. */
function lookups(count: number): number {
  const { hasOwn, getOwnPropertyDescriptor } = Object;
  let calls = 0;
  const counted = <Given extends readonly unknown[], Found>(look: (...given: Given) => Found) =>
    function (...given: Given): Found {
      calls += 1;
      return look(...given);
    };
  Object.assign(Object, {
    hasOwn: counted(hasOwn),
    getOwnPropertyDescriptor: counted(getOwnPropertyDescriptor),
  });
  try {
    throughTheKind(count);
  } finally {
    Object.assign(Object, { hasOwn, getOwnPropertyDescriptor });
  }
  return calls;
}

it('ten thousand entries cost no more each than five hundred', () => {
  const few = lookups(500) / 500;
  const many = lookups(10_000) / 10_000;
  expect(few).toBeGreaterThan(1);
  expect(many / few).toBeLessThan(1.2);
});
