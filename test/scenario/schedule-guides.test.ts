import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function blocksOf(page: string): Promise<readonly string[]> {
  const text = await readFile(`docs/guide/${page}`, 'utf8');
  return [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
}

it('the file and the plans of the page on files of schedules stand there whole, and are applied as they stand', async () => {
  const [file = '', plan = '', other = ''] = await blocksOf('schedule-files.md');
  const path = '/etc/skills/schedules.yaml';
  await rig.put(path, file);
  const { stdout } = await rig.exits(0, 'schedule', 'next', path);
  expect(stdout).toContain('report');
  await rig.workspace.write('plans/jobs.yaml', plan);
  const [, unversioned = ''] = file.split('version: "1.0.0"\n');
  await rig.put(path, unversioned);
  await rig.exits(0, 'schedule', 'next', path);
  expect((await rig.exits(65, 'plan')).stderr).toContain('version');
  await rig.put(path, file);
  await rig.put('/etc/reports/jobs.yaml', 'jobs:\n  items:\n    - id: a\n      when: "@daily"\n');
  await rig.workspace.write('schemas/jobs.schema.json', '{"type": "object", "required": ["jobs"]}');
  await rig.workspace.write('plans/reports.yaml', other);
  await rig.workspace.commit('as in the guide');
  await rig.exits(0, 'validate');
  await rig.applied();
  const after = await rig.read(path);
  const report = file.slice(
    file.indexOf('  - skill_name: report'),
    file.indexOf('  - skill_name: old'),
  );
  expect(after).toContain(report);
  expect(after).toMatch(
    /skill_name: backup-db[^]*schedule: "0 3 \* \* \*"[^]*timezone: Europe\/Berlin/,
  );
  expect(after).not.toContain('old-job');
  expect(await rig.read('/etc/reports/jobs.yaml')).toMatch(
    /id: a[^]*id: monthly\n +when: "0 4 1 \* \*"/,
  );
});

it('the plan of the page on CronJobs is applied as it says', async () => {
  const [plan = ''] = await blocksOf('cronjobs.md');
  const head =
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup, namespace: ops}\nspec:\n';
  const rest = '  jobTemplate:\n    spec: {}\n';
  const live = `${head}  schedule: "0 2 * * *"   # at night\n  startingDeadlineSeconds: 60\n${rest}`;
  await rig.put('/srv/manifests/backup.yaml', live);
  await rig.workspace.write('plans/nightly.yaml', plan);
  await rig.workspace.commit('as in the guide');
  expect((await rig.exits(0, 'plan')).stdout).toContain('At 03:00');
  await rig.applied();
  const after = await rig.read('/srv/manifests/backup.yaml');
  expect(after).toContain('schedule: "0 3 * * *"   # at night\n');
  expect(after).toMatch(/timeZone: Europe\/Berlin[^]*concurrencyPolicy: Forbid/);
  expect(after).not.toContain('startingDeadlineSeconds');
});
