import { execFile } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HostsPlanResult, PlanResult } from '../../src/operations/results.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import type { CliResult } from './rig/setpoint-process.ts';
import { bareRemote, CONF } from './rig/state-remote.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let host: Rig;
/** Another machine, with files of its own and without a record. */
let elsewhere: Rig;

beforeEach(async () => {
  [host, elsewhere] = await Promise.all([
    createRig(),
    createRig({ host: 'demo', values: { PORT: 1 } }),
  ]);
  const remote = await bareRemote(host);
  await host.workspace.write(
    'setpoint.yaml',
    `name: platform\nhosts: [cp-1, cp-2]\nstate: {remote: ${JSON.stringify(remote.url)}}\n`,
  );
  await elsewhere.put(CONF, 'of the other machine\n');
});
afterEach(() => Promise.all([host.close(), elsewhere.close()]));

async function commit(plans: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, body] of Object.entries(plans)) await host.workspace.plan(name, body);
  await host.workspace.commit('plans');
}

/** The same commit in a fresh clone on the other machine. */
async function review(code: number, ...args: readonly string[]): Promise<CliResult> {
  const clone = join(elsewhere.dir, `clone-${String(clones++)}`);
  await promisify(execFile)('git', ['clone', '--quiet', host.workspace.dir, clone]);
  const ended = await elsewhere.setpointIn(clone, args);
  if (ended.code !== code) throw new Error(`${ended.code}, not ${code}\n${ended.stderr}`);
  return ended;
}
let clones = 0;

async function planned(ended: Promise<CliResult>): Promise<PlanResult> {
  return (await ended).json<PlanResult>().result;
}

const FROM_RECORD = ['plan', '--against', 'recorded', '--host', 'cp-1'] as const;

it('the same change set as on the host is planned where only its record can be reached', async () => {
  await commit({
    app: filePlan({ content: 'level = 1\n' }),
    flags: flagPlan(SCHEDULER, { profiling: '"false"' }),
  });
  await host.applied();
  await commit({
    app: filePlan({ content: 'level = 2\n' }),
    flags: flagPlan(SCHEDULER, { profiling: '"true"' }),
  });
  const here = await planned(host.exits(0, 'plan', '--json'));
  const there = await planned(review(2, ...FROM_RECORD, '--detailed-exitcode', '--json'));
  expect(there.set.digest).toBe(here.set.digest);
  expect(there.set.meta.diffs).toEqual(here.set.meta.diffs);
  expect(there.against?.record).toContain('state-remote.git');
  const { stdout } = await review(0, ...FROM_RECORD);
  expect(stdout).toContain('planned without the host');
  expect(stdout).toMatch(/Next: on cp-1: setpoint apply$/m);
});

it('whether the host has what flags and mounts name is not known there: one warning, and the same set', async () => {
  const kubelet = { path: '/etc/kubernetes/pki/ca.crt', type: 'File', readOnly: true };
  const mounted = (more: string): string =>
    `${flagPlan(SCHEDULER, { 'client-ca-file': kubelet.path })}\n    mounts: [${JSON.stringify(kubelet)}${more}]`;
  await commit({ flags: mounted('') });
  await host.applied();
  await commit({ flags: mounted(', {path: /srv, type: DirectoryOrCreate}') });
  const here = await planned(host.exits(0, 'plan', '--json'));
  const there = (await review(0, ...FROM_RECORD, '--json')).json<PlanResult>();
  expect(there.result.set.digest).toBe(here.set.digest);
  expect(there.result.set.parts).toEqual(here.set.parts);
  expect(there.diagnostics.map(({ code }) => code)).toEqual(['SP2088']);
});

it('a release is planned from the record, too, and nothing to do is told', async () => {
  await host.put(CONF, 'before\n');
  await commit({ app: filePlan({ content: 'level = 1\n' }) });
  await host.applied();
  expect((await review(0, ...FROM_RECORD, '--detailed-exitcode')).stdout).toContain(
    'Nothing to do',
  );
  await host.workspace.remove('plans/app.yaml');
  await host.workspace.commit('gone');
  const here = await planned(host.exits(0, 'plan', '--json'));
  const there = await planned(review(0, ...FROM_RECORD, '--json'));
  expect(there.set.digest).toBe(here.set.digest);
});

it('a file that was never recorded is told as not observed, and such a set is for reading', async () => {
  await commit({ app: filePlan({ content: 'level = 1\n' }) });
  await host.applied();
  const more = filePlan({ path: '/etc/app/new.conf' });
  await commit({ app: filePlan({ content: 'level = 2\n' }), more });
  const out = join(elsewhere.dir, 'set.json');
  const { stdout } = await review(2, ...FROM_RECORD, '--detailed-exitcode', '--out', out);
  expect(stdout).toContain('? not observed: /etc/app/new.conf (plan more, never recorded)');
  expect(stdout).toMatch(/Plan: 0 to add, 1 to change, .* in 1 file; 1 file not observed$/m);
  expect(stdout).toMatch(/Next: on cp-1: setpoint apply$/m);
  expect((await host.exits(6, 'apply', out)).stderr).toContain('SP3033');
  expect(await host.read(CONF)).toBe('level = 1\n');
});

it('a file that plans reach through a link is known under its name', async () => {
  await host.put('/srv/app.conf', 'level = 0\n');
  await mkdir(host.real('/etc/app'), { recursive: true });
  await symlink('../../srv/app.conf', host.real(CONF));
  await commit({ app: filePlan({ content: 'level = 1\n' }) });
  await host.applied();
  await commit({ app: filePlan({ content: 'level = 2\n' }) });
  const here = await planned(host.exits(0, 'plan', '--json'));
  const there = await planned(review(0, ...FROM_RECORD, '--json'));
  expect(there.set.digest).toBe(here.set.digest);
});

it('a complete set from the record is applied on the host as it is', async () => {
  await commit({ app: filePlan({ content: 'level = 1\n' }) });
  await host.applied();
  await commit({ app: filePlan({ content: 'level = 2\n' }) });
  const out = join(elsewhere.dir, 'set.json');
  await review(0, ...FROM_RECORD, '--out', out);
  await host.exits(0, 'apply', out, '--no-guardian');
  expect(await host.read(CONF)).toBe('level = 2\n');
});

it('a name that nothing is recorded of and that the workspace does not expect is refused, and so is looking at all hosts', async () => {
  await commit({ app: filePlan() });
  const { stderr } = await review(64, ...FROM_RECORD.slice(0, -1), 'cp-3');
  expect(stderr).toContain('nothing is recorded of cp-3');
  await review(0, ...FROM_RECORD.slice(0, -1), 'cp-2');
  await review(64, 'plan', '--all-hosts', '--against', 'host');
});

it('all hosts that the workspace expects are planned; one without a record is not skipped', async () => {
  await commit({ app: filePlan({ content: 'level = 1\n' }) });
  await host.applied();
  await commit({ app: filePlan({ content: 'level = 2\n' }) });
  const { hosts } = (
    await review(2, 'plan', '--all-hosts', '--detailed-exitcode', '--json')
  ).json<HostsPlanResult>().result;
  expect(hosts.map(({ host: name }) => name)).toEqual(['cp-1', 'cp-2']);
  expect(hosts[0]?.plan?.set.parts).toHaveLength(1);
  expect(hosts[1]?.plan?.against).toMatchObject({ at: null, drifted: 0 });
  expect(hosts[1]?.plan?.set.meta.notObserved).toMatchObject([{ path: CONF }]);
  // The machine that plans them needs no name.
  await rm(elsewhere.real('/etc/hostname'));
  const { stdout } = await review(0, 'plan', '--all-hosts');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    '2 hosts: 1 with changes, 1 not observed in full',
  );
});
