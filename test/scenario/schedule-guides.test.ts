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

it('the plan of the page on files of schedules is applied as it says, also with another list', async () => {
  const [plan = '', other = ''] = await blocksOf('schedule-files.md');
  const before = `version: "1.0.0"\nschedules:\n  - skill_name: old-job\n    schedule: "@daily"\n  # by hand\n  - skill_name: report\n    schedule: "0 6 * * 1"\n`;
  await rig.put('/etc/skills/schedules.yaml', before);
  await rig.workspace.plan('jobs', plan);
  await rig.workspace.commit('as in the guide');
  await rig.applied();
  const after = await rig.read('/etc/skills/schedules.yaml');
  expect(after).toContain('  # by hand\n  - skill_name: report\n    schedule: "0 6 * * 1"\n');
  expect(after).toMatch(
    /skill_name: backup-db[^]*schedule: "0 3 \* \* \*"[^]*timezone: Europe\/Berlin/,
  );
  expect(after).not.toContain('old-job');

  await rig.put('/etc/skills/other.yaml', 'jobs:\n  items:\n    - id: a\n      when: "@daily"\n');
  await rig.workspace.write('schemas/jobs.schema.json', '{"type": "object", "required": ["jobs"]}');
  const lines = [
    'resources:',
    '  jobs:',
    '    kind: schedule',
    '    path: /etc/skills/other.yaml',
    '    dialect: crontab',
    '    entries: { b: { when: "0 4 * * *" } }',
  ];
  await rig.workspace.plan('other', `${lines.join('\n')}\n${other}`);
  await rig.workspace.commit('another list');
  await rig.applied();
  expect(await rig.read('/etc/skills/other.yaml')).toMatch(
    /id: a[^]*id: b\n +when: "0 4 \* \* \*"/,
  );
});

it('the plan of the page on CronJobs is applied as it says', async () => {
  const [plan = ''] = await blocksOf('cronjobs.md');
  const head =
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup, namespace: ops}\nspec:\n';
  const rest = '  jobTemplate:\n    spec: {}\n';
  const live = `${head}  schedule: "0 2 * * *"   # at night\n  startingDeadlineSeconds: 60\n${rest}`;
  await rig.put('/srv/manifests/backup.yaml', live);
  await rig.workspace.plan('backup', plan);
  await rig.workspace.commit('as in the guide');
  expect((await rig.exits(0, 'plan')).stdout).toContain('At 03:00');
  await rig.applied();
  const after = await rig.read('/srv/manifests/backup.yaml');
  expect(after).toContain('schedule: "0 3 * * *"   # at night\n');
  expect(after).toMatch(/timeZone: Europe\/Berlin[^]*concurrencyPolicy: Forbid/);
  expect(after).not.toContain('startingDeadlineSeconds');
});
