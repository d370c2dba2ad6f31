import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApplyResult, HistoryResult, RevertResult } from '../../src/operations/results.ts';
import { filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import type { CliResult } from './rig/setpoint-process.ts';
import { bareRemote, CONF } from './rig/state-remote.ts';
import { openWorkspace } from './rig/workspace.ts';
import type { Workspace } from './rig/workspace.ts';

const NAME = 'setpoint/revert-{plan}-{run}';
const AUTO = ['--auto-approve', '--no-guardian'];

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function commitLevel(level: number): Promise<string> {
  await rig.workspace.plan('app', filePlan({ content: `level = ${level}\n` }));
  return rig.workspace.commit(`level ${level}`);
}

/** Applies; gives the newest run. */
async function applied(): Promise<string> {
  await rig.applied();
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.runs[0]?.run ?? '';
}

/** Everything of the checkout that must stay. */
async function standing(): Promise<unknown> {
  const { dir, git } = rig.workspace;
  return {
    index: await readFile(join(dir, '.git/index')),
    config: await readFile(join(dir, '.git/config'), 'utf8'),
    head: await readFile(join(dir, '.git/HEAD'), 'utf8'),
    tip: await git('rev-parse', 'HEAD'),
    status: await git('status', '--porcelain=v2'),
    diff: await git('diff', 'HEAD'),
    stash: await git('stash', 'list'),
  };
}

async function clone(name: string, ...options: readonly string[]): Promise<Workspace> {
  const dir = join(rig.dir, name);
  await rig.workspace.git('clone', '--quiet', ...options, `file://${rig.workspace.dir}`, dir);
  return openWorkspace(dir, rig.env);
}

it('a run is taken back, the branch is that of git revert and pushed, the checkout stays as it is; merged, nothing is held or drifts', async () => {
  const remote = await bareRemote(rig, 'workspace.git');
  await rig.workspace.git('remote', 'add', 'team', remote.url);
  await commitLevel(1);
  await applied();
  const commit = await commitLevel(2);
  const run = await applied();
  await rig.workspace.write('plans/app.yaml', 'stashed\n');
  await rig.workspace.git('stash', '--quiet');
  await rig.workspace.write('plans/app.yaml', 'edited\n');
  await rig.workspace.git('add', 'plans/app.yaml');
  await rig.workspace.write('plans/app.yaml', 'edited again\n');
  await rig.workspace.write('untracked', 'x\n');
  const before = await standing();

  const done = await rig.exits(0, 'revert', run, '--branch', NAME, '--push', ...AUTO, '--json');
  const { branch } = done.json<RevertResult>().result;
  const name = `setpoint/revert-app-${run}`;
  expect(branch).toMatchObject({
    name,
    onto: commit,
    files: [{ path: 'plans/app.yaml', change: 'restored' }],
    created: true,
    pushed: 'team',
  });
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect(await standing()).toEqual(before);
  expect(await remote.git('rev-parse', name)).toBe(branch?.commit);

  const real = await clone('real');
  await real.git('revert', '--no-edit', commit);
  const facts = ['log', '-1', '--format=%T %P%n%an %ae %cn%n%B'];
  expect(await rig.workspace.git(...facts, name)).toBe(await real.git(...facts));

  const again = await rig.exits(0, 'revert', run, '--branch', NAME, '--branch-only');
  expect(again.stdout).toMatch(/^Branch .* was there already.* takes back plans\/app\.yaml/m);

  await rig.workspace.git('reset', '--quiet', '--hard');
  await rig.workspace.git('mv', 'plans/app.yaml', 'plans/renamed.yaml');
  await rig.workspace.commit('renamed');
  const renamed = await rig.exits(0, 'revert', run, '--branch', 'r', '--branch-only', '--json');
  expect(renamed.json<RevertResult>().result.branch?.files).toEqual([
    { path: 'plans/renamed.yaml', change: 'restored' },
  ]);
  expect(await rig.workspace.git('show', 'r:plans/renamed.yaml')).toContain('level = 1');
  await rig.workspace.git('reset', '--quiet', '--hard', 'HEAD~1');
  await rig.workspace.git('merge', '--quiet', name);
  expect((await rig.exits(0, 'plan')).stdout).not.toContain('SP3040');
  await rig.applied();
  await rig.exits(0, 'drift');
  const { stdout } = await rig.exits(0, 'revert', run, '--branch', 'another', '--branch-only');
  expect(stdout).toContain('as before the run already');
  expect(await rig.workspace.git('branch', '--list', 'another')).toBe('');
});

it('a red gate in a shallow, detached clone of a pipeline gets its branch over several commits; exit 3 stays', async () => {
  const first = await commitLevel(1);
  await applied();
  await commitLevel(2);
  await rig.workspace.plan('app', filePlan({ content: 'level = 3\n', gates: [redGate('false')] }));
  const bad = await rig.workspace.commit('level 3');
  await rig.workspace.git('commit', '--quiet', '--allow-empty', '--message', 'later');
  const ci = await clone('ci', '--depth=4');
  await ci.git('checkout', '--quiet', '--detach', bad);
  await ci.git('branch', '--quiet', '-D', 'main');
  const args = ['apply', '--revert-branch', NAME, '--push', ...AUTO, '--json'];
  const done = await rig.setpointIn(ci.dir, args);
  expect(done.code).toBe(3);
  const { runs, branch } = done.json<ApplyResult>().result;
  const name = `setpoint/revert-app-${runs[0]?.run ?? ''}`;
  expect(branch).toMatchObject({ name, onto: bad, pushed: 'origin' });
  expect(await rig.workspace.git('log', '-1', '--format=%s', name)).toBe(
    `Revert plan app to ${first.slice(0, 12)}`,
  );
  expect(await rig.workspace.git('diff', first, name)).toBe('');
  expect(await ci.git('status', '--porcelain')).toBe('');
  // Later, on the word of the run alone.
  const later = ['revert', runs[0]?.run ?? '', '--branch', 'again', '--branch-only'];
  expect((await rig.setpointIn(ci.dir, later)).code).toBe(0);
  expect(await ci.git('diff', name, 'again')).toBe('');
});

it('what keeps the branch from being made is an error alone, and a warning when the host was taken back', async () => {
  await commitLevel(1);
  await applied();
  const second = await commitLevel(2);
  const run = await applied();
  const only = ['--branch-only', '--json'];
  for (const [code, ...args] of [
    ['SP5033', '--branch', 'a..b'],
    ['SP5033', '--branch', '@{-1}'],
    ['SP5033', '--branch', 'refs/heads/q'],
    ['SP5033', '--branch=--all'],
    ['SP5038', '--branch', NAME, '--push'],
    ['SP9001', '--branch-only'],
    ['SP9001', '--push'],
  ] as const) {
    expect((await rig.exits(64, 'revert', run, ...args, ...AUTO)).stderr).toContain(code);
  }
  const outside = ['revert', run, '--branch', NAME, ...AUTO];
  expect((await rig.setpointIn(rig.dir, outside)).stderr).toContain('SP3060');
  expect(await rig.read(CONF)).toBe('level = 2\n');

  await commitLevel(3);
  const conflict = await rig.exits(7, 'revert', run, '--branch', NAME, ...only);
  expect(conflict.json().diagnostics).toMatchObject([{ code: 'SP5035' }]);
  expect(conflict.stderr).toContain('+    content: "level = 3');
  const key = ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ');
  await rig.workspace.plan('app', filePlan({ content: `level = 4\n${key}\n` }));
  await rig.workspace.commit('a key');
  const hidden = await rig.exits(7, 'revert', run, '--branch', NAME, ...only);
  for (const told of [hidden.stderr, JSON.stringify(hidden.json().diagnostics)]) {
    expect(told).toContain('plans/app.yaml differs: content not shown');
    expect(told).not.toContain('level = 4');
  }
  const done = await rig.exits(0, 'revert', run, '--branch', NAME, ...AUTO);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect(done.stderr).toContain('warning[SP5035]: no branch was prepared: plans/app.yaml');
  expect(done.stdout).toMatch(/held until its inputs change: undo it in plans\/app.yaml, too.*\n$/);

  const shallow = await clone('shallow', '--depth=1');
  const unknown = ['revert', run, '--branch', NAME, '--branch-only'];
  const { code, stderr } = await rig.setpointIn(shallow.dir, unknown);
  expect(`${code} ${stderr}`).toMatch(/^6 [^]*SP5036[^]*SP5036[^]*git fetch --unshallow/);

  await rig.workspace.git('checkout', '--quiet', '--detach', second);
  for (const [name, why] of [
    ['main', 'is there already'],
    ['main/x', 'there is a branch main'],
  ] as const) {
    const { stderr: told } = await rig.exits(7, 'revert', run, '--branch', name, ...only);
    expect(told).toMatch(new RegExp(`SP5034.*${why}`));
  }
  await rig.workspace.write('setpoint.yaml', 'name: another\n');
  const elsewhere = await rig.exits(7, 'revert', run, '--branch', NAME, ...only);
  expect(elsewhere.stderr).toContain('a plan of workspace platform, and this is another');
  await rig.workspace.git('checkout', '--quiet', 'setpoint.yaml');
  await rig.workspace.git('remote', 'add', 'origin', `file://${rig.dir}/nowhere.git`);
  const pushed = await rig.exits(0, 'revert', run, '--branch', 'back', '--push', ...only);
  expect(pushed.json<RevertResult>().result.branch).toMatchObject({
    name: 'back',
    pushed: null,
    remote: 'origin',
  });
  expect(pushed.json().diagnostics).toMatchObject([
    { code: 'SP5038', help: expect.stringContaining('push origin back') },
  ]);
});

it('a new plan of a workspace in a subdirectory goes with its script, but for one that others use; later lines of others stay', async () => {
  await rig.workspace.git('rm', '--quiet', 'setpoint.yaml');
  await rig.workspace.write('deploy/setpoint.yaml', 'name: platform\n');
  const one = '#!/bin/sh\nexit 0\n# 1\n# 2\n# 3\n';
  await rig.workspace.write('deploy/checks/own.sh', one, 0o755);
  await rig.workspace.write('deploy/checks/shared.sh', '#!/bin/sh\nexit 0\n', 0o755);
  const gates = ['own', 'shared'].map(
    (name) =>
      `{kind: command, run: [./checks/${name}.sh], phases: [after], within: 30s, every: 50ms, successes: 1}`,
  );
  const plan = (name: string, path: string, ...given: string[]): Promise<void> =>
    rig.workspace.write(
      `deploy/plans/${name}.yaml`,
      `setpoint: v1\nname: ${name}\n${filePlan({ path, planGates: given })}\n`,
    );
  await plan('app', CONF, ...gates);
  await rig.workspace.commit('app');
  const deploy = join(rig.workspace.dir, 'deploy');
  const inDeploy = async (...args: string[]): Promise<CliResult> => {
    const result = await rig.setpointIn(deploy, args);
    expect(`${result.code} ${result.stderr}`).toMatch(/^0 /);
    return result;
  };
  await inDeploy('apply', ...AUTO);
  await plan('other', '/etc/app/other.conf', gates[1] ?? '');
  await rig.workspace.commit('other');
  const second = one.replace('exit 0', 'test 1');
  await rig.workspace.write('deploy/checks/own.sh', second, 0o755);
  const changed = await rig.workspace.commit('another gate');
  await inDeploy('apply', 'app', ...AUTO);
  await rig.workspace.write('deploy/checks/own.sh', second.replace('# 3', '# three'), 0o755);
  await rig.workspace.commit('a comment');

  const { result } = (await inDeploy('history', '--json')).json<HistoryResult>();
  const [later = '', first = ''] = result.runs.map(({ run }) => run ?? '');
  await inDeploy('revert', later, '--branch', 'later', '--branch-only');
  const real = await clone('real');
  await real.git('revert', '--no-edit', changed);
  const facts = ['log', '-1', '--format=%T%n%B'];
  expect(await rig.workspace.git(...facts, 'later')).toBe(await real.git(...facts));

  await rig.workspace.git('checkout', '--quiet', 'HEAD~2');
  const told = await inDeploy('revert', first, '--branch', 'first', '--branch-only', '--json');
  expect(told.json<RevertResult>().result.branch?.files).toEqual([
    { path: 'deploy/checks/own.sh', change: 'deleted' },
    { path: 'deploy/plans/app.yaml', change: 'deleted' },
  ]);
  expect(told.json().diagnostics).toMatchObject([
    { code: 'SP4278', message: expect.stringContaining('is used by other, too, so it stays') },
  ]);
});
