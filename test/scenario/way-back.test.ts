import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupListResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const CONF = '/etc/app/app.conf';
const GATE =
  '{kind: command, run: [./checks/gate.sh], phases: [after, revert], within: 10s, every: 50ms, successes: 1}';
const ACTION = '    onChange: [{run: [./checks/gate.sh]}]';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.put(CONF, 'level = 0\n');
});
afterEach(() => rig.close());

/** Commits and applies a plan with a script that writes `name` to `<dir>/did` when it is asked. */
async function apply(name: string, body = filePlan({ planGates: [GATE] })): Promise<void> {
  const script = `#!/bin/sh\necho ${name} >> ${rig.dir}/did\n`;
  await rig.workspace.write('checks/gate.sh', script, 0o755);
  await rig.workspace.plan('app', body);
  await rig.workspace.commit(name);
  await rig.applied();
  await rm(join(rig.dir, 'did'), { force: true });
}

async function shell(script: string): Promise<string> {
  const cwd = join(rig.stateDir, 'state.git');
  return (await promisify(execFile)('sh', ['-ec', script], { cwd, env: rig.env })).stdout;
}

const recordedNames = (): Promise<string> =>
  shell('git ls-tree -r --name-only $(git for-each-ref --format="%(refname)")');

/** As an earlier version left it: digests in the record, no copies of scripts anywhere. */
async function forgetCopies(): Promise<void> {
  await shell(`
    ref=$(git for-each-ref --format="%(refname)")
    tree=$(git ls-tree $ref | grep -v 'workspace$' | git mktree)
    git update-ref $ref $(git log -1 --format=%B $ref | git commit-tree -p $ref $tree)`);
  const runs = join(rig.stateDir, 'runs');
  for (const run of await readdir(runs)) {
    await rm(join(runs, run, 'workspace'), { recursive: true, force: true });
  }
}

describe('a release runs scripts as they were recorded', () => {
  it('when only the plan file was deleted', async () => {
    await apply('first');
    await rig.workspace.remove('plans/app.yaml');
    await rig.workspace.commit('drop the plan');
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect(await rig.marked('did')).toMatch(/^(first\n)+$/);
  });

  it('when git revert took plan and script away together; then the record has no copy any more', async () => {
    await apply('first');
    await rm(join(rig.stateDir, 'runs'), { recursive: true });
    expect(await recordedNames()).toContain('\nworkspace/platform/app/');
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect(await rig.marked('did')).toMatch(/^(first\n)+$/);
    expect(await recordedNames()).toBe('host.json\n');
  });

  it('when the script is an action', async () => {
    await apply('first', filePlan({ gates: [], extra: ACTION }));
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect(await rig.marked('did')).toBe('first\n');
  });

  it('when the plan stays and only the resource with the action goes', async () => {
    const other = '\n  other: {kind: file, path: /etc/app/other.conf, content: "a\\n", gates: []}';
    await apply('first', filePlan({ gates: [], extra: ACTION + other }));
    await rig.workspace.plan('app', `resources:${other}`);
    await rig.workspace.remove('checks/gate.sh');
    await rig.workspace.commit('only other');
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect(await rig.marked('did')).toBe('first\n');
  });

  it('when the checkout has another script of that name', async () => {
    await apply('first');
    await rig.workspace.remove('plans/app.yaml');
    await rig.workspace.write('checks/gate.sh', '#!/bin/sh\nexit 1\n', 0o755);
    await rig.workspace.commit('drop the plan, another script');
    await rig.applied();
    expect(await rig.marked('did')).toMatch(/^(first\n)+$/);
  });
});

it('a run that a person settled with --take-new, after another plan was recorded, is released the same way', async () => {
  await rig.workspace.write(
    'checks/gate.sh',
    `#!/bin/sh\nmkdir ${rig.dir}/once 2>/dev/null && echo level = 9 > ${rig.real(CONF)}\ntest -e ${rig.dir}/healthy\n`,
    0o755,
  );
  const short = GATE.replace('within: 10s', 'within: 500ms');
  await rig.workspace.plan('app', filePlan({ planGates: [short] }));
  await rig.workspace.plan('other', filePlan({ path: '/etc/app/other.conf' }));
  await rig.workspace.commit('two plans');
  await rig.exits(4, 'apply', 'app', '--auto-approve', '--no-guardian');
  await rig.applied('other');
  await rig.exits(0, 'recover', '--take-new');
  await rm(join(rig.stateDir, 'runs'), { recursive: true });
  await rig.workspace.git('rm', '-q', 'plans/app.yaml', 'checks/gate.sh');
  await rig.workspace.commit('drop plan and script');
  await rig.exits(7, 'apply', '--auto-approve', '--no-guardian');
  await rig.mark('healthy');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('level = 0\n');
});

describe('where an earlier version recorded no copies, a release', () => {
  it('takes the script from the workspace if it is the recorded one', async () => {
    await apply('first');
    await forgetCopies();
    await rig.workspace.remove('plans/app.yaml');
    await rig.workspace.commit('drop the plan');
    await rig.applied();
    expect(await rig.marked('did')).toMatch(/^(first\n)+$/);
  });

  it('is refused without it, which plan says as well, and goes on once the named command put it back', async () => {
    await apply('first');
    await forgetCopies();
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    expect((await rig.setpoint('plan')).stdout).toContain('SP3044');
    const refused = await rig.exits(7, 'apply', '--auto-approve', '--no-guardian');
    expect(refused.stderr).toContain('checks/gate.sh, which recorded gates or actions of plan app');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    const command = /git checkout .*/.exec(refused.stderr)?.[0] ?? 'false';
    await promisify(execFile)('sh', ['-ec', command], { cwd: rig.workspace.dir, env: rig.env });
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 0\n');
  });

  it('goes on with --offline, if only gates need it', async () => {
    await apply('first');
    await forgetCopies();
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    await rig.applied('--offline');
    expect(await rig.read(CONF)).toBe('level = 0\n');
  });
});

async function restore(code: number): Promise<string> {
  const listed = await rig.exits(0, 'backup', 'list', '--json');
  const run = listed.json<BackupListResult>().result.snapshots[0]?.run ?? '';
  return (await rig.exits(code, 'backup', 'restore', run, '--auto-approve', '--no-guardian'))
    .stderr;
}

describe('backup restore', () => {
  it('asks the gate with the script of an apply that changed nothing else', async () => {
    await apply('first');
    await apply('second');
    await rm(join(rig.workspace.dir, 'checks'), { recursive: true });
    await restore(0);
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect(await rig.marked('did')).toMatch(/^(second\n)+$/);
  });

  it('is refused when no copy of a script is left', async () => {
    await apply('first');
    await forgetCopies();
    await rm(join(rig.workspace.dir, 'checks'), { recursive: true });
    expect(await restore(7)).toContain('SP3044');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});
