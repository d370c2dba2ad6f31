import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type {
  ApplyResult,
  BackupListResult,
  DoctorResult,
  HistoryResult,
  PlanResult,
  StateListResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { applyInGateWait, lockIsFree } from './rig/gate-wait.ts';
import { filePlan } from './rig/plan-text.ts';
import { tellsThatTheRecordIsElsewhere } from './rig/record-elsewhere.ts';
import type { Rig } from './rig/rig.ts';
import {
  applyLevel,
  CONF,
  exchanged,
  forgeCommit,
  rigWithRemote,
  stateGit,
} from './rig/state-remote.ts';
import type { BareRemote } from './rig/state-remote.ts';

const BRANCH = 'setpoint/cp-1';

let rig: Rig;
let remote: BareRemote;
afterEach(() => rig.close());

async function open(): Promise<void> {
  ({ rig, remote } = await rigWithRemote());
}

function local(): Promise<string> {
  return stateGit(rig, 'rev-parse', BRANCH);
}

async function hostId(): Promise<string | null> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.hostId;
}

async function verdictOf(name: string): Promise<string | undefined> {
  const { result } = (await rig.setpoint('doctor', '--json')).json<DoctorResult>();
  return result.findings.find((finding) => finding.name === name)?.verdict;
}

async function statuses(): Promise<readonly string[]> {
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.entries.map((entry) => entry.status);
}

it('a lost state directory: plan and apply refuse until the record is pulled; then a release gives back the original', async () => {
  await open();
  await applyLevel(rig, 1);
  const [head, id] = [await local(), await hostId()];
  await rm(rig.stateDir, { recursive: true });
  expect((await rig.exits(6, 'plan')).stderr).toContain('SP5082');
  const { code, stderr } = await applyLevel(rig, 2);
  expect(code).toBe(6);
  expect(stderr).toContain('setpoint state pull');
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect((await rig.exits(6, 'state', 'verify')).stderr).toContain('SP5082');
  await tellsThatTheRecordIsElsewhere(rig);
  expect(await verdictOf('remote')).toBe('warning');
  expect(await exchanged(rig, 'pull')).toMatchObject({ did: 'pulled', files: 1, pushed: 1 });
  expect(await stateGit(rig, 'rev-parse', `${BRANCH}~1`)).toBe(head);
  expect(await verdictOf('audit log')).toBe('ok');
  expect(await hostId()).toBe(id);
  await rig.workspace.remove('plans/app.yaml');
  await rig.workspace.commit('release');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('level = 0\n');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
});

it('a restore is refused, too, while the record is only at the remote', async () => {
  await open();
  await applyLevel(rig, 1);
  await rm(join(rig.stateDir, 'state.git'), { recursive: true });
  const [backup] = (await rig.exits(0, 'backup', 'list', '--json')).json<BackupListResult>().result
    .snapshots;
  const restore = ['backup', 'restore', backup?.run ?? '', '--auto-approve', '--no-guardian'];
  const refused = (await rig.exits(1, ...restore)).stderr;
  expect(refused).toContain('SP5011');
  expect(refused).toContain('setpoint state pull');
  await exchanged(rig, 'pull');
  await rig.exits(0, ...restore);
  expect(await rig.read(CONF)).toBe('level = 0\n');
});

it('a machine installed anew adopts: an empty record on top of the history of the remote, nothing of which is lost', async () => {
  await open();
  await applyLevel(rig, 1);
  const [head, id] = [await local(), await hostId()];
  await rm(rig.stateDir, { recursive: true });
  await rig.put(CONF, 'level = 7\n');
  const adopted = await exchanged(rig, 'adopt', '--reason', 'new disk');
  expect(adopted).toMatchObject({ did: 'begun', files: 0, pushed: 1 });
  expect(await hostId()).not.toBe(id);
  expect(await remote.git('rev-parse', `${BRANCH}~1`)).toBe(head);
  expect(await stateGit(rig, 'show', '-s', '--format=%B', BRANCH)).toContain('new disk');
  expect((await applyLevel(rig, 2)).code).toBe(0);
  await rig.workspace.remove('plans/app.yaml');
  await rig.workspace.commit('release');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('level = 7\n');
  expect(await statuses()).toContain('adopted');
});

it('no record here and the remote cannot be asked: plan says so, apply goes on only for a new host, which is recorded', async () => {
  await open();
  await rename(remote.dir, `${remote.dir}.away`);
  const refused = await applyLevel(rig, 1);
  expect(refused.code).toBe(6);
  expect(refused.stderr).toContain('SP5083');
  expect(await rig.read(CONF)).toBe('level = 0\n');
  const planned = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  expect(planned.result.blockers.map(({ code }) => code)).toEqual(['SP5083']);
  const drift = await rig.exits(1, 'drift');
  expect(drift.stderr).toContain('warning[SP5083]');
  expect(drift.stdout).toContain('Whether anything is managed on cp-1 is not known');
  const applied = await rig.applied('--new-host', '--json');
  expect(applied.json<ApplyResult>().diagnostics.map(({ code }) => code)).toEqual(['SP5080']);
  expect(await readFile(join(rig.stateDir, 'audit.jsonl'), 'utf8')).toContain('"new-host"');
  expect(await rig.read(CONF)).toBe('level = 1\n');
});

it('a host that claimed to be new although the remote has its record overwrites nothing there, and can adopt', async () => {
  await open();
  await applyLevel(rig, 1);
  const head = await local();
  await rm(rig.stateDir, { recursive: true });
  await rename(remote.dir, `${remote.dir}.away`);
  expect((await applyLevel(rig, 2, '--new-host')).code).toBe(0);
  await rename(`${remote.dir}.away`, remote.dir);
  expect((await rig.exits(6, 'state', 'push')).stderr).toContain('SP5084');
  expect(await remote.git('rev-parse', BRANCH)).toBe(head);
  const here = await local();
  expect(await exchanged(rig, 'adopt')).toMatchObject({ did: 'joined', files: 1 });
  expect(await remote.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`)).toBe(`${here}\n${head}`);
});

it('a state directory put back from an older copy: apply refuses while the remote answers, and pull goes on with the newer record', async () => {
  await open();
  await applyLevel(rig, 1);
  const old = join(rig.dir, 'old');
  await cp(rig.stateDir, old, { recursive: true, preserveTimestamps: true });
  await applyLevel(rig, 2);
  const newer = await local();
  await rm(rig.stateDir, { recursive: true });
  await rename(old, rig.stateDir);
  expect((await rig.exits(6, 'state', 'verify')).stderr).toContain('SP5085');
  expect(await verdictOf('remote')).toBe('warning');
  const refused = await applyLevel(rig, 3);
  expect([refused.code, await rig.read(CONF)]).toEqual([6, 'level = 2\n']);
  expect(refused.stderr).toMatch(/SP5085.*1 commits? .*only there/);
  await rename(remote.dir, `${remote.dir}.away`);
  expect((await rig.applied()).stderr).toContain('SP5080');
  await rename(`${remote.dir}.away`, remote.dir);
  expect((await rig.exits(6, 'state', 'push')).stderr).toContain('SP5085');
  expect(await remote.git('rev-parse', BRANCH)).toBe(newer);
  expect((await rig.exits(0, 'status')).stdout).toContain('it has something else');
  const here = await local();
  expect(await exchanged(rig, 'pull')).toMatchObject({ did: 'joined', pushed: 3 });
  expect(await remote.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`)).toBe(`${newer}\n${here}`);
  expect(await stateGit(rig, 'diff', '--stat', newer, BRANCH)).toBe('');
  const verified = await rig.exits(0, 'history', 'verify');
  expect(verified.stderr).toMatch(
    new RegExp(
      `warning.SP5051.*state pull.*at ${here.slice(0, 12)}, there at ${newer.slice(0, 12)}; 1 record`,
    ),
  );
  expect(verified.stdout).toContain('but for those of another copy of the state directory.');
  // What is recorded is level 2, what is live level 3: seen, and applied anew.
  expect((await applyLevel(rig, 4)).code).toBe(0);
  expect((await rig.exits(0, 'state', 'verify')).stdout).toContain('the same as at');
});

it('a file that only the remote knows as managed is named, not taken for its own original', async () => {
  await open();
  await applyLevel(rig, 1);
  const old = join(rig.dir, 'old');
  await cp(rig.stateDir, old, { recursive: true, preserveTimestamps: true });
  await rig.put('/etc/app/b.conf', 'before\n');
  await rig.workspace.plan('b', filePlan({ path: '/etc/app/b.conf' }));
  await rig.workspace.commit('b');
  await rig.applied();
  await rm(rig.stateDir, { recursive: true });
  await rename(old, rig.stateDir);
  const { stderr } = await rig.exits(6, 'apply', '--auto-approve', '--no-guardian');
  expect(stderr).toMatch(/SP5085[^]*managed only there[^]*\/etc\/app\/b\.conf/);
  await rig.exits(0, 'state', 'pull');
  await rig.workspace.remove('plans/b.yaml');
  await rig.workspace.commit('release b');
  await rig.applied();
  expect(await rig.read('/etc/app/b.conf')).toBe('before\n');
});

it('an older copy in which nothing ran since goes forward to the record of the remote', async () => {
  await open();
  await applyLevel(rig, 1);
  const old = join(rig.dir, 'old');
  await cp(rig.stateDir, old, { recursive: true, preserveTimestamps: true });
  await applyLevel(rig, 2);
  const newer = await local();
  await rm(rig.stateDir, { recursive: true });
  await rename(old, rig.stateDir);
  expect(await exchanged(rig, 'pull')).toMatchObject({ did: 'forwarded', files: 1 });
  expect(await stateGit(rig, 'rev-parse', `${BRANCH}^@`)).toBe(newer);
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
});

it('a machine put back with its files goes on with its own record; the newer one of the remote stays beneath it', async () => {
  await open();
  await applyLevel(rig, 1);
  const old = join(rig.dir, 'old');
  await cp(rig.stateDir, old, { recursive: true, preserveTimestamps: true });
  await applyLevel(rig, 2);
  const newer = await local();
  await rm(rig.stateDir, { recursive: true });
  await rename(old, rig.stateDir);
  await rig.put(CONF, 'level = 1\n');
  const here = await local();
  expect(await exchanged(rig, 'adopt')).toMatchObject({ did: 'joined', files: 1 });
  expect(await remote.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`)).toBe(`${here}\n${newer}`);
  expect((await rig.exits(0, 'drift')).stdout).toContain('No drift');
});

/** The remote's branch becomes a commit whose record breaks off. */
async function damageBranch(): Promise<void> {
  const blob = join(rig.dir, 'blob');
  await writeFile(blob, '{"formatVersion":1,"host":"cp-1","hostId":"x"');
  const id = await remote.git('hash-object', '-w', blob);
  await remote.git('update-index', '--add', '--cacheinfo', `100644,${id},host.json`);
  const tree = await remote.git('write-tree');
  const commit = await forgeCommit(remote, tree, 'broken');
  await remote.git('update-ref', `refs/heads/${BRANCH}`, commit);
}

it('a damaged branch of the remote does not keep a host from being changed: the push tells it', async () => {
  await open();
  await applyLevel(rig, 1);
  await damageBranch();
  const applied = await applyLevel(rig, 2);
  expect(applied.code).toBe(0);
  expect(applied.stderr).toContain('warning[SP5011]');
  expect(await rig.read(CONF)).toBe('level = 2\n');
});

it('what is no record is not pulled, and the host stays without one', async () => {
  await open();
  await applyLevel(rig, 1);
  await damageBranch();
  await rm(rig.stateDir, { recursive: true });
  const { stderr } = await rig.exits(1, 'state', 'pull');
  expect(stderr).toContain(`${BRANCH} at ${remote.url}: recorded state host.json is damaged`);
  expect(stderr).not.toContain(rig.stateDir);
  const planned = await rig.exits(1, 'plan', '--against', 'recorded', '--host', 'cp-1');
  expect(planned.stderr).toContain(`${BRANCH} at ${remote.url}: recorded state host.json`);
  expect(planned.stderr).toContain(`git clone --branch ${BRANCH} ${remote.url}`);
  expect(planned.stderr).not.toContain('setpoint-record-');
  const listed = (await rig.exits(0, 'state', 'list', '--json')).json<StateListResult>();
  expect(listed.result.head).toBeNull();
});

it('state.git lost while a run is open: pull says how to set aside what nobody can record, and then brings the record', async () => {
  await open();
  await applyLevel(rig, 1);
  const running = await applyInGateWait(rig, '--no-guardian');
  running.signal('SIGKILL');
  await running.result;
  await lockIsFree(rig);
  await rm(join(rig.stateDir, 'state.git'), { recursive: true });
  const examined = (await rig.exits(1, 'doctor')).stdout;
  expect(examined).toMatch(/error {3}recorded state: .* it is gone/);
  expect(examined).toContain('setpoint state pull');
  const { stderr } = await rig.exits(4, 'state', 'pull');
  expect(stderr).toContain('SP5087');
  expect(await rig.read(CONF)).toBe('level = 1\n');
  const [, aside = 'false'] = /Set it aside: `([^`]+)`/.exec(stderr) ?? [];
  const [, remove = 'false'] = /then remove it: `([^`]+)`/.exec(stderr) ?? [];
  execFileSync('sh', ['-c', aside]);
  execFileSync('sh', ['-c', remove]);
  expect((await readdir(dirname(rig.real(CONF)))).filter((name) => name.startsWith('.'))).toEqual(
    [],
  );
  expect(await exchanged(rig, 'pull')).toMatchObject({ did: 'pulled', files: 1 });
  await rig.exits(0, 'recover');
  expect((await applyLevel(rig, 3)).code).toBe(0);
});
