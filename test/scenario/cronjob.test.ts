import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const MANIFEST = '/srv/manifests/backup.yaml';
const BEFORE = `# Jobs of the cluster
apiVersion: v1
kind: Namespace
metadata: {name: ops}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
  namespace: ops
spec:
  schedule: "0 2 * * *"   # at night
  concurrencyPolicy: Allow
  jobTemplate:
    spec: {}
`;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.put(MANIFEST, BEFORE);
});
afterEach(() => rig.close());

async function declare(...lines: readonly string[]): Promise<void> {
  const body = ['resources:', '  nightly:', '    kind: cronjob', `    path: ${MANIFEST}`];
  await rig.workspace.plan('backup', [...body, ...lines.map((one) => `    ${one}`)].join('\n'));
  await rig.workspace.commit('backup');
}

it('is planned with its next runs, applied, put back and given back', async () => {
  await declare('schedule: "0 3 * * *"', 'timeZone: Europe/Berlin', 'concurrencyPolicy: null');
  const { result } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  const items = result.set.parts.flatMap((part) => part.items);
  expect(items.map(({ action, label }) => `${action} ${label}`)).toEqual([
    'change ops/backup:schedule',
    'add ops/backup:timeZone',
    'remove ops/backup:concurrencyPolicy',
  ]);
  expect(result.schedules?.map(({ before, after }) => [before?.words, after?.words])).toEqual([
    ['At 02:00', 'At 03:00'],
  ]);
  await rig.applied();
  const applied = BEFORE.replace('0 2', '0 3')
    .replace('  concurrencyPolicy: Allow\n', '')
    .concat('  timeZone: Europe/Berlin\n');
  expect(await rig.read(MANIFEST)).toBe(applied);
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');

  await rig.put(MANIFEST, applied.replace('0 3', '0 5'));
  expect((await rig.exits(2, 'drift')).stdout).toContain('ops/backup:schedule');
  const plan = await rig.workspace.git('show', 'HEAD:plans/backup.yaml');
  await rig.exits(0, 'drift', '--adopt', `${MANIFEST}#ops/backup:schedule`);
  const adopted = await rig.workspace.git('diff', '--unified=0', 'plans/backup.yaml');
  expect(plan).toContain('schedule: "0 3 * * *"');
  expect(adopted.match(/^[-+] .*/gm)).toEqual([
    '-    schedule: "0 3 * * *"',
    '+    schedule: "0 5 * * *"',
  ]);
  expect((await rig.exits(0, 'drift')).stdout).toContain('1 item pending');
  await rig.workspace.git('checkout', '-q', 'plans/backup.yaml');
  await rig.exits(0, 'drift', '--restore', '--auto-approve');
  expect(await rig.read(MANIFEST)).toBe(applied);

  await rig.workspace.remove('plans/backup.yaml');
  await rig.workspace.commit('without it');
  await rig.applied();
  expect(await rig.read(MANIFEST)).toBe(BEFORE);
});

it('is refused in the plan file as the API server would, at the part that is meant', async () => {
  await declare('schedule: "0 3 * * 7"', 'timeZone: Local');
  const { stderr } = await rig.exits(65, 'plan');
  expect(stderr).toContain('plans/backup.yaml:7:24');
  expect(stderr.match(/SP2283/g)?.length).toBeGreaterThanOrEqual(2);
});
