import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HostsPlanResult, PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { bareRemote } from './rig/state-remote.ts';

const JOBS = '/etc/skills/schedules.yaml';
const CRONTAB = '/etc/cron.d/backup';
const MANIFEST = '/srv/manifests/backup.yaml';
const BY_OTHERS = `version: "1.0.0"
schedules:
  - {skill_name: report, schedule: "0 3 * * *"}
  - {skill_name: mail, schedule: "0 3 * * *"}
  - {skill_name: sync, schedule: "0 3 * * *", enabled: false}
global: {timezone: Europe/Berlin, max_concurrent: 2}
`;
const CRONJOB =
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup}\nspec: {schedule: "0 2 * * *", jobTemplate: {}}\n';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ settings: 'schedules: {warnEvery: 10m}\n' });
  await rig.put(JOBS, BY_OTHERS);
  await rig.put(MANIFEST, CRONJOB);
  await rig.put('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
});
afterEach(() => rig.close());

async function declare(name: string, ...resources: readonly string[]): Promise<void> {
  const lines = resources.map((one) => `  ${one}`);
  await rig.workspace.plan(name, ['resources:', ...lines].join('\n'));
  await rig.workspace.commit(name);
}

const jobs = (entries: string): string =>
  `jobs: {kind: schedule, path: ${JOBS}, dialect: crontab, entries: {${entries}}}`;

function told({ warnings }: PlanResult): readonly string[] {
  const plain = warnings.map(({ code, message }) => `${code} ${message}`);
  return plain.map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S\d\d:\d\d/g, 'TIME'));
}

it('a plan warns of what its change makes fire too often, or with too many others, and apply shows the same', async () => {
  await declare(
    'all',
    jobs('backup: {schedule: "0 3 * * *"}, sync: {schedule: "0 3 * * *", enabled: false}'),
    `nightly: {kind: cronjob, path: ${MANIFEST}, schedule: "*/5 * * * *"}`,
    `cron: {kind: crontab, path: ${CRONTAB}, jobs: {dump: {schedule: "*/7 * * * *", user: root, command: dump}}}`,
  );
  const { result } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  expect(told(result)).toEqual([
    `SP2303 plan all: ${MANIFEST}: backup fires more often than every 10 minutes: at TIME and TIME`,
    `SP2303 plan all: ${CRONTAB}: dump fires more often than every 10 minutes: at TIME and TIME`,
    `SP2304 plan all: ${JOBS}: 3 entries fire at TIME, and 2 run at once: report, mail, backup`,
  ]);
  // Times move on: they are no part of what is approved.
  expect(JSON.stringify(result.set)).not.toMatch(/SP230|fires/);
  const { stdout } = await rig.exits(0, 'plan');
  const lines = stdout.split('\n').filter((line) => /fire|SP23/.test(line));
  expect(lines).toHaveLength(7);

  const { stderr } = await rig.applied();
  for (const line of lines) expect(stderr).toContain(line);

  // It stands, and another change is not told of it.
  await declare('more', jobs('later: {schedule: "0 5 * * *"}'));
  const later = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  expect(later.result.schedules?.map(({ name }) => name)).toEqual(['later']);
  expect(told(later.result)).toEqual([]);
});

it('a plan of all hosts shows when schedules fire that it changes', async () => {
  const remote = await bareRemote(rig);
  await rig.workspace.write(
    'setpoint.yaml',
    `name: platform\nhosts: [cp-1]\nstate: {remote: ${JSON.stringify(remote.url)}}\n`,
  );
  await declare('all', jobs('backup: {schedule: "0 4 * * *"}'));
  await rig.applied();
  await declare('all', jobs('backup: {schedule: "* 3 * * *"}'));
  const { stdout } = await rig.exits(0, 'plan', '--all-hosts');
  expect(stdout).toContain('fires so far: At 04:00: ');
  expect(stdout).toContain('will fire:    Every minute, between 03:00 and 03:59: ');
  expect(stdout).toContain('backup fires more often than every 2 minutes');
  const { result } = (await rig.exits(0, 'plan', '--all-hosts', '--json')).json<HostsPlanResult>();
  expect(result.hosts[0]?.plan?.schedules?.map(({ name }) => name)).toEqual(['backup']);
});
