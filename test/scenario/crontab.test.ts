import { chmod, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DriftResult } from '../../src/operations/drift/results.ts';
import type { PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const CRONTAB = '/etc/cron.d/backup';
const FOREIGN = '# of the package\n17 * * * * root  run-parts /x\n';
const JOB = '# setpoint: job dump\n0 3 * * * root /bin/dump --all\n';
const MAIL = '# setpoint: env MAILTO\nMAILTO=root\n';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.put(
    '/etc/passwd',
    'root:x:0:0:root:/root:/bin/sh\nbackup:x:34:34::/:/bin/sh\npostgres:x:26:26::/:/bin/sh\n',
  );
  await mkdir(rig.real('/etc/cron.d'), { recursive: true });
});
afterEach(() => rig.close());

const DUMP = 'dump: {schedule: "0 3 * * *", user: root, command: "/bin/dump --all"}';

async function declare(body: string, where = `path: ${CRONTAB}`): Promise<void> {
  await rig.workspace.plan(
    'nightly',
    `resources:\n  cron:\n    kind: crontab\n    ${where}\n    ${body}`,
  );
  await rig.workspace.commit('crontab');
}

async function planCodes(body: string, where?: string): Promise<readonly string[]> {
  await declare(body, where);
  const told = await rig.setpoint('plan', '--json');
  return told.json<PlanResult>().diagnostics.map(({ code }) => code);
}

it('is made, changed beside lines of others, put back and given back', async () => {
  await rig.put(CRONTAB, FOREIGN);
  await declare(`jobs: {${DUMP}}\n    environment: {MAILTO: root}`);
  const { result } = (await rig.setpoint('plan', '--json')).json<PlanResult>();
  expect(result.set.parts[0]?.items.map(({ action, label }) => `${action} ${label}`)).toEqual([
    'add env:MAILTO',
    'add job:dump',
  ]);
  await rig.applied();
  expect(await rig.read(CRONTAB)).toBe(FOREIGN + MAIL + JOB);
  expect(await readdir(rig.real('/etc/cron.d'))).toEqual(['backup']);

  await rig.put(CRONTAB, (FOREIGN + MAIL + JOB).replace('0 3', '0 4').replace('17 *', '18 *'));
  const drift = (await rig.setpoint('drift', '--json')).json<DriftResult>().result;
  const drifted = drift.files
    .flatMap(({ items }) => items)
    .filter((item) => item.state !== 'in-sync');
  expect(drifted.map(({ label, live }) => [label, live])).toEqual([
    ['job:dump', '0 4 * * * root /bin/dump --all'],
  ]);
  const shown = await rig.exits(0, 'drift', '--adopt', '--dry-run', `${CRONTAB}#job:dump`);
  expect(shown.stdout).toContain(DUMP.replace('0 3', '0 4'));
  await rig.exits(0, 'drift', '--restore', '--auto-approve', '--no-guardian');
  expect(await rig.read(CRONTAB)).toBe(FOREIGN.replace('17', '18') + MAIL + JOB);

  await rig.workspace.remove('plans/nightly.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await rig.read(CRONTAB)).toBe(FOREIGN.replace('17', '18'));
});

it('of the guide is made as it says, and goes with its plan', async () => {
  const guide = await readFile('docs/guide/crontabs.md', 'utf8');
  const [plan = '', text = ''] = [...guide.matchAll(/```(?:yaml|text)\n(.*?)```/gs)].map(
    ([, block]) => block,
  );
  await rig.workspace.write('plans/nightly.yaml', plan);
  await rig.workspace.commit('as in the guide');
  await rig.applied();
  expect(await rig.read(CRONTAB)).toBe(text);
  expect((await stat(rig.real(CRONTAB))).mode & 0o7777).toBe(0o644);
  await rig.workspace.remove('plans/nightly.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await readdir(rig.real('/etc/cron.d'))).toEqual([]);
});

it('is taken back by a red gate', async () => {
  await rig.put(CRONTAB, FOREIGN);
  await declare(
    `jobs: {${DUMP}}\n    gates: [{kind: command, run: ["false"], within: 1s, phases: [after]}]`,
  );
  await rig.exits(3, 'apply', '--auto-approve');
  expect(await rig.read(CRONTAB)).toBe(FOREIGN);
});

it('is refused with its place in the plan file, all problems at once', async () => {
  await rig.workspace.plan(
    'nightly',
    [
      'resources:',
      '  cron:',
      '    kind: crontab',
      '    path: /etc/cron.d/backup.cron',
      '    environment: {LOGNAME: x}',
      '    jobs:',
      '      a: {schedule: "0 24 * * *", user: root, command: "date +\\\\%F"}',
      '      b: {schedule: 0 3 * * 8, command: x}',
      '  both: {kind: crontab, path: /etc/crontab, user: root, jobs: {c: {schedule: "@daily", user: root, command: x}}}',
    ].join('\n'),
  );
  const told = (await rig.setpoint('validate', '--json')).json<unknown>().diagnostics;
  expect(told).toMatchObject([
    { code: 'SP2253', at: { line: 6, column: 11 } },
    { code: 'SP2252', at: { line: 7, column: 19 } },
    { code: 'SP2250', at: { line: 9, column: 24, endColumn: 26 } },
    { code: 'SP2251', at: { line: 9, column: 56 } },
    { code: 'SP2265', at: { line: 10, column: 7 } },
    { code: 'SP2250', at: { line: 10, column: 29 } },
    { code: 'SP1212', at: { line: 11, column: 45 } },
    { code: 'SP2265', at: { line: 11, column: 88 } },
  ]);
});

it('is refused for what the host says of it', async () => {
  expect(await planCodes(`jobs: {${DUMP.replace('user: root', 'user: nobody-here')}}`)).toEqual([
    'SP2260',
  ]);
  await rig.put('/etc/nsswitch.conf', 'passwd: files [NOTFOUND=return] ldap # x\n');
  expect(await planCodes(`jobs: {${DUMP.replace('user: root', 'user: someone-else')}}`)).toEqual([
    'SP2261',
  ]);
  await rig.put(CRONTAB, FOREIGN);
  await chmod(rig.real(CRONTAB), 0o664);
  expect(await planCodes(`jobs: {${DUMP}}`)).toEqual(['SP2256']);
  expect(await planCodes(`jobs: {${DUMP.replace('user: root, ', '')}}`, 'user: postgres')).toEqual([
    'SP2264',
  ]);
});

const SPOOL = '/var/spool/cron/crontabs';
const OWN = 'dump: {schedule: "0 3 * * *", command: "/bin/dump --all"}';

async function standing(): Promise<readonly (string | number)[]> {
  const { uid, gid, mode } = await stat(rig.real(`${SPOOL}/postgres`));
  return [uid, gid, mode & 0o7777, await rig.read(`${SPOOL}/postgres`)];
}

it.skipIf(process.getuid?.() !== 0)(
  'of a user is made theirs, as crontab does, and goes again',
  async () => {
    const made = [26, 106, 0o600, JOB.replace('root ', '')];
    const red = 'gates: [{kind: command, run: ["false"], within: 1s, phases: [after]}]';
    await rig.put('/etc/group', 'root:x:0:\ncrontab:x:106:\n');
    await mkdir(rig.real(SPOOL), { recursive: true, mode: 0o1730 });
    await declare(`jobs: {${OWN}}\n    ${red}`, 'user: postgres');
    await rig.exits(3, 'apply', '--auto-approve');
    expect(await readdir(rig.real(SPOOL))).toEqual([]);
    await declare(`jobs: {${OWN}}`, 'user: postgres');
    await rig.applied();
    expect(await standing()).toEqual(made);
    await rig.exits(0, 'drift');
    await rm(rig.real(`${SPOOL}/postgres`));
    await rig.exits(2, 'drift');
    await rig.exits(0, 'drift', '--restore', '--auto-approve', '--no-guardian');
    expect(await standing()).toEqual(made);
    await rm(rig.real(`${SPOOL}/postgres`));
    await rig.applied();
    expect(await standing()).toEqual(made);
    expect(await readdir(rig.real(SPOOL))).toEqual(['postgres']);
    await rig.workspace.remove('plans/nightly.yaml');
    await rig.workspace.commit('gone');
    await rig.applied();
    expect(await readdir(rig.real(SPOOL))).toEqual([]);
  },
);
