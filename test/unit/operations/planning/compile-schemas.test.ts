import { expect, it } from 'vitest';
import { judgeSchedules } from '../../../../src/kinds/schedule/judge-schedules.ts';
import { OWN_LAYOUT } from '../../../../src/kinds/schedule/layout.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { ResolvedPlan, ScheduleSpec } from '../../../../src/model/plan-file.ts';
import { compileSchemas } from '../../../../src/operations/planning/compile-schemas.ts';

const PATH = '/srv/jobs.yaml' as HostPath;
const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/** What kind `schedule` says of a file whose resource names a schema. */
async function told(schema: object, jobs: string): Promise<readonly string[]> {
  const given = { source: 'schemas/jobs.json', bytes: Buffer.from(JSON.stringify(schema)) };
  const spec = {
    ...OWN_LAYOUT,
    kind: 'schedule',
    path: PATH,
    dialect: 'crontab',
    entries: {},
    global: {},
    schema: given,
  } as unknown as ScheduleSpec;
  const schemas = await compileSchemas([{ resources: [{ spec }] } as unknown as ResolvedPlan]);
  const image: FileImage = { exists: true, bytes: Buffer.from(jobs), mode: 0o644 };
  return judgeSchedules(spec, { exists: false }, image, PATH, { schemas }).map(
    ({ code, at, message }) => `${code} ${at?.line ?? '-'}:${at?.column ?? '-'} ${message}`,
  );
}

const tuple = { items: [{ type: 'string' }], additionalItems: false };
const pair = 'schedules: []\npair: [1, 2]\n';

it('a schema of draft-07 is read as one: items may be a list there, which the later drafts do not know', async () => {
  const schema = { $schema: DRAFT_07, properties: { pair: tuple } };
  expect(await told(schema, pair)).toStrictEqual([
    'SP2230 2:7 "pair" must NOT have more than 1 items',
    'SP2230 2:8 "pair[0]" must be string',
  ]);
  expect(await told(schema, 'schedules: []\npair: [a]\n')).toStrictEqual([]);
});

it('one that says no draft is of 2020-12, where prefixItems says it', async () => {
  const prefix = { properties: { pair: { prefixItems: [{ type: 'string' }] } } };
  expect(await told(prefix, pair)).toHaveLength(1);
  expect(await told({ $schema: DRAFT_07, ...prefix }, pair)).toStrictEqual([]);
  const [refused] = await told({ properties: { pair: tuple } }, pair);
  expect(refused).toMatch(/^SP2231 /);
});

it('a pattern that takes time without end is stopped, and the plan refused', async () => {
  const schema = { properties: { owner: { pattern: '^(a+)+$' } } };
  expect(await told(schema, `schedules: []\nowner: ${'a'.repeat(64)}!\n`)).toStrictEqual([
    'SP2232 1:1 holding the file against its schema took too long',
  ]);
});
