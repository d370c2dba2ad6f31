import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Reading from '../../../src/structured/read-structured.ts';
import type { Result } from '../../../src/diagnostics/diagnostic.ts';
import { OWN_LAYOUT } from '../../../src/kinds/schedule/layout.ts';
import type { Kind } from '../../../src/kinds/kind.ts';
import { kindOf } from '../../../src/kinds/registry.ts';
import { NOBODY_LOOKED } from '../../../src/kinds/surroundings.ts';
import type { HostPath } from '../../../src/model/brand.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import type { ResourceSpec } from '../../../src/model/plan-file.ts';

/** How often each image was parsed, in the order of the first time. */
const parsed = vi.hoisted(() => {
  const times = new Map<Uint8Array, number>();
  const counted =
    <Rest extends unknown[], Out>(read: (bytes: Uint8Array, ...rest: Rest) => Out) =>
    (bytes: Uint8Array, ...rest: Rest): Out => {
      times.set(bytes, (times.get(bytes) ?? 0) + 1);
      return read(bytes, ...rest);
    };
  return { times, counted };
});

vi.mock('../../../src/structured/read-structured.ts', async (original) => {
  const reading = await original<typeof Reading>();
  return {
    ...reading,
    readStructured: parsed.counted(reading.readStructured),
    readDocuments: parsed.counted(reading.readDocuments),
  };
});

beforeEach(() => {
  parsed.times.clear();
});

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

const image = (text: string): FileImage => ({
  exists: true,
  bytes: Buffer.from(text),
  mode: 0o644,
});

/** All that a plan asks of a kind about one file. */
function plan(kind: Kind, spec: ResourceSpec, before: FileImage): FileImage {
  const path = spec.path;
  const items = good(kind.desired(spec, before, path));
  const keys = items.map(({ key }) => key);
  good(kind.observe(before, keys, path));
  const edits = items.map((item) => ({ op: 'set', item }) as const);
  const after = good(kind.edit(before, edits, path)).image;
  good(kind.observe(after, keys, path));
  kind.judge(spec, before, after, path, NOBODY_LOOKED);
  for (const one of [before, after]) kind.schedules?.(spec, one, path);
  return after;
}

const FILES: readonly (readonly [string, ResourceSpec, string])[] = [
  [
    'CronJobs',
    {
      kind: 'cronjob',
      path: '/srv/backup.yaml' as HostPath,
      name: 'a',
      namespace: null,
      fields: { schedule: '1 1 * * *', suspend: true },
    },
    'kind: CronJob\nmetadata: {name: a}\nspec: {schedule: "0 2 * * *"}\n---\nkind: ConfigMap\n',
  ],
  [
    'schedules',
    {
      kind: 'schedule',
      path: '/srv/schedules.yaml' as HostPath,
      ...OWN_LAYOUT,
      dialect: 'crontab',
      schema: 'own',
      entries: { a: { schedule: '1 1 * * *' } },
      global: { timezone: 'Europe/Berlin' },
    },
    'version: "1.0.0"\nschedules:\n  - {skill_name: a, schedule: "0 2 * * *"}\n',
  ],
];

describe('a file of', () => {
  it.each(FILES)('%s is parsed once before its change and once after it', (_what, spec, text) => {
    const before = image(text);
    const after = plan(kindOf(spec.kind), spec, before);
    const bytes = [before, after].map((one) => (one.exists ? one.bytes : null));
    expect([...parsed.times]).toEqual(bytes.map((one) => [one, 1]));
    expect(bytes[0]).not.toEqual(bytes[1]);
  });

  it.each(FILES)('%s is parsed again where it has other bytes', (_what, spec, text) => {
    const kind = kindOf(spec.kind);
    const path = spec.path;
    const keys = good(kind.desired(spec, image(text), path)).map(({ key }) => key);
    const other = image(text.replace('0 2', '5 2'));
    const live = [...good(kind.observe(other, keys, path)).values()];
    expect(JSON.stringify(live)).toContain('5 2');
    expect(parsed.times.size).toBe(2);
  });
});
