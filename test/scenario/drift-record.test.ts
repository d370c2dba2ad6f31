import { execFile } from 'node:child_process';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DriftRecordResult, PlanResult, StatusResult } from '../../src/operations/results.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import type { CliResult } from './rig/setpoint-process.ts';
import { bareRemote, CONF, stateGit } from './rig/state-remote.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const KEY = '/etc/app/key.pem';

let host: Rig;
/** Another machine, with files of its own and without a record. */
let elsewhere: Rig;
/** Of `setpoint.yaml`. */
let config: string;

beforeEach(async () => {
  [host, elsewhere] = await Promise.all([
    createRig(),
    createRig({ host: 'demo', values: { PORT: 1 } }),
  ]);
  const remote = await bareRemote(host);
  config = `name: platform\nhosts: [cp-1]\nstate: {remote: ${JSON.stringify(remote.url)}}\n`;
  await host.workspace.write('setpoint.yaml', config);
});
afterEach(() => Promise.all([host.close(), elsewhere.close()]));

let clones = 0;

/** From the record, in a fresh clone on the other machine. */
async function review(...args: readonly string[]): Promise<CliResult> {
  const clone = join(elsewhere.dir, `clone-${String(clones++)}`);
  await promisify(execFile)('git', ['clone', '--quiet', host.workspace.dir, clone]);
  const planned = ['plan', '--against', 'recorded', '--host', 'cp-1', ...args];
  const ended = await elsewhere.setpointIn(clone, planned);
  if (ended.code !== 0) throw new Error(`${ended.code}\n${ended.stderr}`);
  return ended;
}

async function digests(...args: readonly string[]): Promise<readonly string[]> {
  const ended = [await host.exits(0, 'plan', '--json'), await review('--json', ...args)];
  return ended.map((one) => one.json<PlanResult>().result.set.digest);
}

async function recorded(code: number): Promise<DriftRecordResult> {
  return (await host.exits(code, 'drift', '--record', '--json')).json<DriftRecordResult>().result;
}

it('a host that was recorded as it is gives the same change set elsewhere, from the first plan on', async () => {
  await host.put(CONF, 'level = 0\n', 0o640);
  await host.put(KEY, '-----BEGIN RSA PRIVATE KEY-----\nabc\n', 0o600);
  await host.workspace.plan('app', filePlan());
  await host.workspace.plan('new', filePlan({ path: '/etc/app/new.conf' }));
  await host.workspace.plan('key', filePlan({ path: KEY }));
  await host.workspace.plan('flags', flagPlan(SCHEDULER, { v: '"3"' }));
  await host.workspace.commit('plans');

  const told = await host.exits(0, 'drift', '--record');
  expect(told.stdout).toMatch(
    /Recorded on cp-1 at \w+: 3 files that plans name and nobody manages yet\.$/m,
  );
  expect(told.stderr).toContain(`warning[SP3076]: ${KEY} was not recorded`);
  expect((await review()).stdout).toContain(`? not observed: ${KEY}`);
  await host.workspace.remove('plans/key.yaml');
  await host.workspace.commit('no key');
  const out = join(elsewhere.dir, 'set.json');
  const [here, there] = await digests('--out', out);
  expect(there).toBe(here);
  expect((await recorded(0)).recorded).toMatchObject({ commit: null, seen: [] });

  await host.exits(0, 'apply', out, '--no-guardian');
  expect(await host.read('/etc/app/new.conf')).toBe('level = 1\n');
  // What is managed now is no longer only seen.
  const names = await stateGit(host, 'ls-tree', '-r', '--name-only', 'setpoint/cp-1');
  expect(names).toContain('managed/etc/app/new.conf.json');
  expect(names).not.toContain('seen');

  await host.put(CONF, 'level = 9\n');
  await host.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await host.workspace.commit('level 2');
  const { recorded: second, head } = await recorded(2);
  expect(second).toMatchObject({ commit: head, edited: [CONF], seen: [], dropped: [] });
  const [drifted, elsewhereToo] = await digests();
  expect(elsewhereToo).toBe(drifted);
  expect((await review()).stdout).toContain('; 1 item had drifted then');
  const rule = `drift: {ignore: [{path: ${CONF}, reason: known}]}\n`;
  await host.workspace.write('setpoint.yaml', config + rule);
  await host.workspace.commit('known');
  expect((await review()).stdout).not.toContain('had drifted');
  await host.workspace.write('setpoint.yaml', config);
  await host.workspace.commit('known no more');
  const status = (await host.exits(0, 'status', '--json')).json<StatusResult>().result;
  expect(status.files.map(({ drift }) => drift)).toEqual(['drifted', 'in-sync', 'in-sync']);
  await host.exits(0, 'drift', '--restore', '--auto-approve', '--no-guardian');
  expect(await host.read(CONF)).toBe('level = 1\n');

  const manifest = host.real(SCHEDULER);
  await rename(manifest, join(host.dir, 'aside'));
  await mkdir(manifest);
  expect((await recorded(2)).recorded).toMatchObject({ edited: [], unobserved: [SCHEDULER] });
  expect((await review()).stdout).toMatch(
    /\? not observed: \S+kube-scheduler\.yaml \(plan flags, not since 20[-0-9]+ [0-9:]+ UTC: .*directory/,
  );
  await rmdir(manifest);
  await rename(join(host.dir, 'aside'), manifest);
  expect((await recorded(0)).recorded).toMatchObject({ unobserved: [], again: [SCHEDULER] });
  expect((await review()).stdout).not.toContain('not observed');
  await host.exits(0, 'history', 'verify');
});
