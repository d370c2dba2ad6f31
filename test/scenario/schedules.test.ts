import { lstat } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanResult } from '../../src/operations/results.ts';
import { INVALID_FILES } from '../unit/kinds/schedule/invalid-files.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const JOBS = '/etc/skills/schedules.yaml';
const BEFORE = `# Jobs of the skills service
version: "1.2.0"
schedules:
  # kept by hand
  - skill_name: report
    schedule: '0 6 * * 1'   # Mondays
    enabled: yes
  - skill_name: old-job
    schedule: '@daily'
    params: {a: 1,   b: 2}
global:
  timezone: UTC
`.replace('yes', 'true');

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.put(JOBS, BEFORE);
});
afterEach(() => rig.close());

function jobs(lines: readonly string[], rest: readonly string[] = []): string {
  const entries =
    lines.length === 0 ? [] : ['    entries:', ...lines.map((line) => `      ${line}`)];
  return [
    'resources:',
    '  jobs:',
    '    kind: schedule',
    `    path: ${JOBS}`,
    '    dialect: crontab',
    ...entries,
    ...rest.map((line) => `    ${line}`),
  ].join('\n');
}

const BACKUP = 'backup-db: {schedule: "0 3 * * *", params: {keep: 7}, enabled: true}';

async function committed(plans: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, body] of Object.entries(plans)) await rig.workspace.plan(name, body);
  await rig.workspace.commit(`plans ${Object.keys(plans).join(' ')}`);
}

async function withoutPlan(name: string): Promise<void> {
  await rig.workspace.remove(`plans/${name}.yaml`);
  await rig.workspace.commit(`without ${name}`);
  await rig.applied();
}

it('plans own entries of one file one by one, foreign lines stay, and release gives back the bytes', async () => {
  const owned = jobs([BACKUP, 'old-job: null'], ['global: {timezone: Europe/Berlin}']);
  await committed({ db: owned, mail: jobs(['mail: {schedule: "*/5 * * * *"}']) });
  const planned = await rig.exits(0, 'plan', '--json');
  const { result, diagnostics } = planned.json<PlanResult>();
  const runs = result.schedules?.map(({ plan, key, before, after, moved }) =>
    [
      plan,
      key,
      before?.words,
      before?.next.length,
      after?.words,
      after?.next.length,
      moved !== null,
    ].join(' | '),
  );
  expect(runs).toMatchInlineSnapshot(`
    [
      "db | entry:old-job | At 00:00 | 3 |  |  | false",
      "db | entry:backup-db |  |  | At 03:00 | 3 | false",
      "mail | entry:mail |  |  | Every 5 minutes | 3 | false",
      "db | entry:report | At 06:00, on Monday | 3 | At 06:00, on Monday | 3 | true",
    ]
  `);
  expect(diagnostics.filter(({ code }) => code === 'SP2305')).toHaveLength(1);
  expect((await rig.exits(0, 'plan')).stdout).toContain('At 03:00');
  const labels = result.set.parts.map(({ items }) =>
    items.map(({ label, action }) => `${action} ${label}`),
  );
  expect(labels).toEqual([
    ['add entry:backup-db', 'remove entry:old-job', 'change global:timezone'],
    ['add entry:mail'],
  ]);
  await rig.applied();
  expect(await rig.read(JOBS)).toMatchInlineSnapshot(`
    "# Jobs of the skills service
    version: "1.2.0"
    schedules:
      # kept by hand
      - skill_name: report
        schedule: '0 6 * * 1'   # Mondays
        enabled: true
      - skill_name: backup-db
        schedule: '0 3 * * *'
        params: {keep: 7}
        enabled: true
      - skill_name: mail
        schedule: '*/5 * * * *'
    global:
      timezone: Europe/Berlin
    "
  `);
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');

  const byHand = (await rig.read(JOBS)).replace(
    '  - skill_name: mail',
    "  - skill_name: by-hand # theirs\n    schedule: '1 1 * * *'\n  - skill_name: mail",
  );
  await rig.put(JOBS, byHand);
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
  await rig.put(JOBS, byHand.replace('0 3 * * *', '0 4 * * *'));
  expect((await rig.exits(2, 'drift')).stdout).toContain('entry:backup-db');
  const adopted = await rig.setpoint('drift', '--adopt', `${JOBS}#entry:backup-db`);
  expect(adopted.stderr).toContain('SP3083');
  await rig.exits(0, 'drift', '--restore', '--auto-approve');
  expect(await rig.read(JOBS)).toBe(byHand);

  await withoutPlan('mail');
  await withoutPlan('db');
  const theirs = "  - skill_name: by-hand # theirs\n    schedule: '1 1 * * *'\n";
  expect(await rig.read(JOBS)).toBe(BEFORE.replace('global:', `${theirs}global:`));
});

interface Told {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly at?: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

const rowPath = (row: number): string =>
  `/etc/jobs/${row}.${INVALID_FILES[row]?.json === true ? 'json' : 'yaml'}`;

function addTo(rows: readonly number[]): string {
  const resources = rows.map((row) => {
    const { dialect = 'crontab' } = INVALID_FILES[row] ?? {};
    const schedule = dialect === 'extended' ? '0 0 4 * * *' : '0 4 * * *';
    return `  r${row}: {kind: schedule, path: ${rowPath(row)}, dialect: ${dialect}, entries: {ours: {schedule: "${schedule}"}}}`;
  });
  return `resources:\n${resources.join('\n')}`;
}

function isTold(row: number, { diagnostics }: Told): boolean {
  const expected = INVALID_FILES[row]?.told ?? '';
  const [code, place] = expected.split(' ');
  return diagnostics.some(({ code: found, at }) =>
    place === undefined
      ? found === code
      : found === code && at?.file === rowPath(row) && `${at.line}:${at.column}` === place,
  );
}

async function factsOf(rows: readonly number[]): Promise<readonly unknown[]> {
  const facts = rows.map(async (row) => {
    const { ino, mtimeMs, size } = await lstat(rig.real(rowPath(row)));
    return { ino, mtimeMs, size, text: await rig.read(rowPath(row)) };
  });
  return Promise.all(facts);
}

it('refuses every invalid file with its place, and leaves all as they are', async () => {
  const rows = [...INVALID_FILES.keys()];
  for (const row of rows) await rig.put(rowPath(row), INVALID_FILES[row]?.content as string);
  const before = await factsOf(rows);
  // What cannot be read is told first, then what cannot be edited, then what is not valid.
  let left: readonly number[] = rows;
  for (let round = 0; round < 3 && left.length > 0; round += 1) {
    await committed({ jobs: addTo(left) });
    const { stdout } = await rig.exits(65, 'apply', '--auto-approve', '--no-guardian', '--json');
    const told = JSON.parse(stdout) as Told;
    left = left.filter((row) => !isTold(row, told));
  }
  expect(left.map((row) => INVALID_FILES[row]?.name)).toEqual([]);
  expect(await factsOf(rows)).toEqual(before);
});

it('holds a list of any form against the schema of the workspace', async () => {
  const queue = '/etc/queue.json';
  await rig.put(
    queue,
    '{\n  "jobs": {"items": [\n    {"id": "a b", "when": "0 3 * * *", "on": 1}\n  ]}\n}\n',
  );
  const resource = [
    'resources:',
    '  queue:',
    '    kind: schedule',
    `    path: ${queue}`,
    '    dialect: kubernetes',
    '    list: jobs.items',
    '    key: id',
    '    scheduleField: when',
    '    schema: schemas/jobs.json',
    '    entries: {ours: {when: "@every 5m", "on": true}}',
  ].join('\n');
  const items = { type: 'array', items: { properties: { on: { type: 'boolean' } } } };
  const schema = { properties: { jobs: { properties: { items } } } };
  await rig.workspace.write('schemas/jobs.json', JSON.stringify(schema));
  await committed({ queue: resource });
  const refused = await rig.exits(65, 'apply', '--auto-approve', '--no-guardian');
  expect(refused.stderr).toContain(`${queue}:3:46`);
  expect(refused.stderr).toContain('SP2230');
  await rig.workspace.write('schemas/jobs.json', '{"$ref": "https://example.org/jobs.json"}');
  await rig.workspace.commit('a schema from elsewhere');
  expect((await rig.exits(65, 'plan')).stderr).toContain('SP2231');
  await rig.workspace.write('schemas/jobs.json', '{"type": "object"}');
  await rig.workspace.commit('a schema of its own');
  await rig.applied();
  expect(JSON.parse(await rig.read(queue))).toEqual({
    jobs: {
      items: [
        { id: 'a b', when: '0 3 * * *', on: 1 },
        { id: 'ours', when: '@every 5m', on: true },
      ],
    },
  });
});
