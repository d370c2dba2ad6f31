import { chmod, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DriftResult } from '../../src/operations/drift/results.ts';
import type {
  DriftRestoreResult,
  HistoryResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { filePlan, flagPlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { CONF } from './rig/state-remote.ts';

const MANIFEST = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const OTHER = '/etc/app/other.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await rig.read(path);
  if (!text.includes(from)) throw new Error(`${from} is not in ${path}`);
  await rig.put(path, text.replace(from, to));
}

async function restored(...args: readonly string[]): Promise<DriftRestoreResult> {
  const ended = await rig.exits(
    0,
    'drift',
    '--restore',
    ...args,
    '--auto-approve',
    '--no-guardian',
    '--json',
  );
  return ended.json<DriftRestoreResult>().result;
}

async function drifted(): Promise<DriftResult> {
  return (await rig.exits(2, 'drift', '--json')).json<DriftResult>().result;
}

/** What drift and status say; both are asked, because both have to agree. */
async function differing(): Promise<readonly string[]> {
  const { files } = (await rig.setpoint('drift', '--json')).json<DriftResult>().result;
  const status = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  const found = files.filter(({ items }) =>
    items.some(({ state }) => ['drifted', 'both', 'vanished', 'metadata'].includes(state)),
  );
  const told = status.files.filter(({ drift }) => drift !== 'in-sync');
  expect(told.map(({ path }) => path)).toEqual(found.map(({ path }) => path));
  return found.map(({ path }) => path);
}

it('what drifted goes back to what is recorded, and only that: flags, contents, modes, files that are gone', async () => {
  await rig.workspace.plan('flags', flagPlan(MANIFEST, { v: '"3"', profiling: '"false"' }));
  await rig.workspace.plan('app', filePlan({ content: 'level = 1\n' }));
  await rig.workspace.plan('other', filePlan({ path: OTHER, content: 'other\n' }));
  await rig.workspace.commit('plans');
  await rig.applied();
  await chmod(rig.real(OTHER), 0o640);
  await restored(`${OTHER}#mode`);
  const applied = await rig.read(MANIFEST);

  await edit(MANIFEST, '--v=3', '--v=9');
  await edit(MANIFEST, 'metadata:', '# by hand\nmetadata:');
  await rig.put(CONF, 'level = 9\n');
  await chmod(rig.real(CONF), 0o600);
  await rm(rig.real(OTHER));
  await chmod(rig.real(MANIFEST), 0o644);
  // A pending change of a plan is not applied by it.
  await rig.workspace.plan('flags', flagPlan(MANIFEST, { v: '"3"', profiling: '"true"' }));
  const shown = await rig.exits(2, 'drift', '--restore', '--dry-run');
  expect(shown.stdout).toContain('5 items in 3 files to put back');
  const wrong = await rig.exits(64, 'drift', '--restore', '/etc/nothing', '--auto-approve');
  expect(wrong.stderr).toContain(`${CONF}#content`);

  expect((await restored('app/conf/content')).files.map(({ path }) => path)).toEqual([CONF]);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  // Its mode was not named: it still has drifted.
  expect(await differing()).toEqual([CONF, OTHER, MANIFEST]);
  const result = await restored();
  expect(result.report).toMatchObject({ plan: 'app, flags, other', operation: 'restore' });
  expect(await rig.read(MANIFEST)).toBe(applied.replace('metadata:', '# by hand\nmetadata:'));
  expect((await stat(rig.real(MANIFEST))).mode & 0o7777).toBe(0o600);
  expect(await rig.read(OTHER)).toBe('other\n');
  expect((await stat(rig.real(OTHER))).mode & 0o7777).toBe(0o644);
  expect(await differing()).toEqual([]);

  const { runs } = (await rig.exits(0, 'history', '--json', 'other')).json<HistoryResult>().result;
  expect(runs[0]).toMatchObject({
    run: result.report?.run,
    plan: 'app, flags, other',
    outcome: 'restored',
  });
  const commits = (await rig.stateLog()).length;
  expect((await restored()).report).toBeNull();
  expect(await rig.stateLog()).toHaveLength(commits);
});

it('a red gate takes it back: the drift is told as before, and the next try finds what was applied in the history', async () => {
  const gate = redGate(`test -e ${rig.dir}/green || ! grep -q 1 ${rig.real(CONF)}`);
  await rig.workspace.plan('app', filePlan({ content: 'level = 1\n', gates: [gate] }));
  await rig.workspace.plan('other', filePlan({ path: OTHER, content: 'other\n' }));
  await rig.workspace.commit('plans');
  await rig.mark('green');
  await rig.applied();
  await rm(join(rig.dir, 'green'));
  await rig.put(CONF, 'level = 9\n');
  await chmod(rig.real(CONF), 0o600);
  await rm(rig.real(OTHER));
  const before = (await drifted()).files;
  await rig.exits(3, 'drift', '--restore', '--auto-approve', '--no-guardian');
  expect(await rig.read(CONF)).toBe('level = 9\n');
  expect(await differing()).toEqual([CONF, OTHER]);
  expect((await drifted()).files.map(({ items }) => items)).toEqual(
    before.map(({ items }) => items),
  );
  await rig.mark('green');
  // No workspace is needed.
  const args = ['drift', '--restore', '--auto-approve', '--no-guardian'];
  const done = await rig.setpointIn(rig.dir, args);
  expect(`${done.code} ${done.stdout}`).toMatch(/^0 .*Put back: 3 items in 2 files on /s);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect((await stat(rig.real(CONF))).mode & 0o7777).toBe(0o644);
  expect(await rig.read(OTHER)).toBe('other\n');
  expect(await differing()).toEqual([]);
  await rig.applied();
  expect((await rig.exits(0, 'history')).stdout).toContain('restored');
});

it('what somebody else wrote stays drift though it is recorded, and a file that is gone comes back as a run left it', async () => {
  await rig.workspace.plan('flags', flagPlan(MANIFEST, { v: '"3"', profiling: '"false"' }));
  await rig.workspace.plan('app', `${filePlan({ content: 'level = 1\n' })}\n    record: digest`);
  await rig.workspace.commit('plans');
  await rig.applied();
  const applied = await rig.read(MANIFEST);
  await rig.put(MANIFEST, 'x: [');
  await rig.exits(2, 'drift', '--record');
  expect(await differing()).toEqual([MANIFEST]);
  await rm(rig.real(MANIFEST));
  await restored();
  expect(await rig.read(MANIFEST)).toBe(applied);

  // One flag goes back, the other cannot be read: it has drifted all the same.
  await edit(MANIFEST, '--v=3', '--v=9');
  await edit(MANIFEST, '--profiling=false', '--profiling=false\n    - --profiling=true');
  await rig.put(CONF, 'level = 9\n');
  const shown = await rig.exits(2, 'drift', '--restore', CONF, '--dry-run');
  expect(shown.stdout).toMatch(/Next: setpoint drift --restore .*\/etc\/app\/app.conf/);
  await restored(CONF);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  await rig.exits(2, 'drift');
  expect(await differing()).toEqual([MANIFEST]);
});

it('a restore that is taken back holds no plan', async () => {
  await rig.workspace.plan('app', filePlan({ content: 'level = 1\n' }));
  await rig.workspace.commit('plan');
  await rig.applied();
  await rig.put(CONF, 'level = 9\n');
  const { report } = await restored();
  const back = await rig.exits(0, 'revert', report?.run ?? '', '--auto-approve', '--no-guardian');
  expect(back.stdout).toContain('No plan is held');
  expect(await rig.read(CONF)).toBe('level = 9\n');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('level = 1\n');
});
