import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryResult, RevertResult, StatusResult } from '../../src/operations/results.ts';
import { commandGate, filePlan, flagPlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { CONF } from './rig/state-remote.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Applies the plans as they are in one commit; gives the newest run. */
async function applied(plans: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, body] of Object.entries(plans)) await rig.workspace.plan(name, body);
  await rig.workspace.commit(`plans ${Object.keys(plans).join(' ')}`);
  await rig.applied();
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.runs[0]?.run ?? '';
}

async function reverted(run: string, ...args: readonly string[]): Promise<RevertResult> {
  const done = await rig.exits(
    0,
    'revert',
    run,
    '--auto-approve',
    '--no-guardian',
    '--json',
    ...args,
  );
  return done.json<RevertResult>().result;
}

it('a run is taken back byte for byte, its plan is held, and git revert of its commit lets go of the hold', async () => {
  const original = await rig.read(SCHEDULER);
  await applied({ flags: flagPlan(SCHEDULER, { profiling: '"false"' }) });
  const before = await rig.read(SCHEDULER);
  const run = await applied({ flags: flagPlan(SCHEDULER, { profiling: '"true"', v: '"4"' }) });
  const result = await reverted(run.slice(0, 20));
  expect(result).toMatchObject({ run, plan: 'flags', files: [{ path: SCHEDULER }] });
  expect(await rig.read(SCHEDULER)).toBe(before);
  const { plans } = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  expect(plans[0]?.held?.reason).toContain(run);
  expect((await rig.exits(7, 'apply', '--auto-approve')).stderr).toMatch(
    /SP3040.*: plan flags is held until its inputs change, since run \w+: run \w+ was taken back with setpoint revert/,
  );
  await rig.workspace.git('revert', '--no-edit', 'HEAD');
  await rig.applied();
  expect(await rig.read(SCHEDULER)).toBe(before);
  await rig.exits(0, 'drift');
  await rig.workspace.remove('plans/flags.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await rig.read(SCHEDULER)).toBe(original);
});

it('a revert that is taken back does again what it took back, and its hold is over', async () => {
  await applied({ flags: flagPlan(SCHEDULER, { profiling: '"false"' }) });
  const run = await applied({ flags: flagPlan(SCHEDULER, { profiling: '"true"' }) });
  const made = await rig.read(SCHEDULER);
  const { report } = await reverted(run);
  const { stdout } = await rig.exits(0, 'revert', report?.run ?? '', '--auto-approve');
  expect(stdout.trimEnd().split('\n').at(-1)).toContain(
    'the hold that it put on plan flags is over',
  );
  expect(await rig.read(SCHEDULER)).toBe(made);
  expect((await rig.exits(0, 'apply', '--auto-approve')).stdout).toContain('Nothing to do');
});

it('the commands of the guide go all the way back', async () => {
  const guide = fileURLToPath(new URL('../../docs/guide/way-back.md', import.meta.url));
  const lines = (await readFile(guide, 'utf8')).split('\n');
  const commands = lines.flatMap(
    (line) => /^ {4}(setpoint|git) (.+)/.exec(line)?.slice(1, 3) ?? [],
  );
  expect(commands).toHaveLength(12);
  let said = '';
  await applied({ app: filePlan({ content: 'level = 1\n' }) });
  const run = await applied({ app: filePlan({ content: 'level = 2\n' }) });
  for (let at = 0; at < commands.length; at += 2) {
    const words = (commands[at + 1] ?? '').replace('RUN', run).split(' ');
    if (commands[at] === 'git') await rig.workspace.git(...words);
    else said += (await rig.exits(0, ...words)).stdout;
  }
  expect(said).toContain('git log -- plans/app.yaml');
  expect(await rig.read(CONF)).toBe('level = 1\n');
});

it('what a run gave back is owned again, and what it changed goes back to the original when the plan goes', async () => {
  const original = await rig.read(SCHEDULER);
  await applied({ flags: flagPlan(SCHEDULER, { v: '"3"', profiling: '"false"' }) });
  const changed = await applied({ flags: flagPlan(SCHEDULER, { v: '"4"' }) });
  await reverted(changed);
  expect(await rig.read(SCHEDULER)).toContain('--profiling=false');
  await rig.workspace.remove('plans/flags.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await rig.read(SCHEDULER)).toBe(original);
});

it('each run that is taken back holds its inputs', async () => {
  const first = await applied({ flags: flagPlan(SCHEDULER, { v: '"3"' }) });
  const second = await applied({ flags: flagPlan(SCHEDULER, { v: '"4"' }) });
  await reverted(second);
  await reverted(first);
  await rig.exits(7, 'apply', '--auto-approve');
  await rig.workspace.git('revert', '--no-edit', 'HEAD');
  await rig.exits(7, 'apply', '--auto-approve');
  await applied({ flags: flagPlan(SCHEDULER, { v: '"5"' }) });
  expect(await rig.read(SCHEDULER)).toContain('--v=5');
});

it('a plan of the same name in another workspace is neither held nor taken back', async () => {
  const run = await applied({ app: flagPlan(SCHEDULER, { v: '"3"' }) });
  await rig.workspace.write('setpoint.yaml', 'name: another\n');
  await applied({ app: filePlan({ content: 'level = 1\n' }) });
  await reverted(run);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  const { plans } = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  const held = plans.filter((plan) => plan.held !== null).map(({ workspace }) => workspace);
  expect(held).toEqual(['platform']);
});

it('a file whose link leads elsewhere now is a conflict', async () => {
  await rig.put('/srv/app.conf', 'level = 0\n');
  await rig.put('/srv/other.conf', 'other\n');
  await mkdir(rig.real('/etc/app'), { recursive: true });
  await symlink('../../srv/app.conf', rig.real(CONF));
  const run = await applied({ app: filePlan({ content: 'level = 1\n' }) });
  await rm(rig.real(CONF));
  await symlink('../../srv/other.conf', rig.real(CONF));
  expect((await rig.exits(7, 'revert', run, '--auto-approve')).stderr).toContain('leads to');
  const restored = await rig.exits(7, 'backup', 'restore', run, '--auto-approve');
  expect(restored.stderr).toContain('leads to');
  expect(await rig.read('/srv/app.conf')).toBe('level = 1\n');
});

it('what came later in the same file stays, whoever wrote it', async () => {
  const run = await applied({ one: flagPlan(SCHEDULER, { profiling: '"false"' }) });
  await applied({ two: flagPlan(SCHEDULER, { v: '"4"' }) });
  await rig.put(SCHEDULER, `${await rig.read(SCHEDULER)}# by hand\n`, 0o600);
  await reverted(run);
  const text = await rig.read(SCHEDULER);
  expect(text).not.toContain('--profiling');
  expect(text).toContain('--v=4');
  expect(text).toContain('# by hand');
  const { stdout } = await rig.exits(0, 'revert', run, '--auto-approve');
  expect(stdout).toContain('Nothing to do');
});

it('a later change of the same item is a conflict: exit 7, shown, nothing written', async () => {
  const run = await applied({ one: flagPlan(SCHEDULER, { v: '"3"' }) });
  await applied({ one: flagPlan(SCHEDULER, { v: '"4"' }) });
  const now = await rig.read(SCHEDULER);
  const { stderr } = await rig.exits(7, 'revert', run, '--auto-approve');
  expect(stderr).toContain('SP4271');
  expect(stderr).toContain('--v=4');
  expect(stderr).toContain(`setpoint backup restore ${run}`);
  await rm(join(rig.stateDir, 'backups/objects'), { recursive: true });
  const lost = await rig.exits(7, 'revert', run, '--auto-approve');
  expect(lost.stderr).toMatch(/SP4271[^]*\(git revert\) and apply\n/);
  expect(await rig.read(SCHEDULER)).toBe(now);
});

it('the commit that a run applied names it; a created file goes, and a red gate takes the revert back: exit 3', async () => {
  const first = await applied({ app: filePlan({ content: 'level = 1\n' }) });
  const gate = redGate(`test -e ${join(rig.dir, 'green')} || grep -q 2 ${rig.real(CONF)}`);
  await applied({ app: filePlan({ content: 'level = 2\n', gates: [gate] }) });
  const commit = await rig.workspace.git('rev-parse', 'HEAD');
  await rig.exits(3, 'revert', commit.slice(0, 10), '--auto-approve', '--no-guardian');
  expect(await rig.read(CONF)).toBe('level = 2\n');
  await rig.mark('green');
  await reverted(commit);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  await reverted(first);
  await expect(readFile(rig.real(CONF))).rejects.toThrow('ENOENT');
});

it('what is no kept run is said: exit 64; a run that gave files back: exit 7', async () => {
  expect((await rig.exits(64, 'revert', '01ABC', '--auto-approve')).stderr).toContain('SP4270');
  await rig.workspace.plan('app', filePlan({ gates: [commandGate('false', { within: '100ms' })] }));
  await rig.workspace.commit('red');
  await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  const red = result.runs[0]?.run ?? '';
  expect((await rig.exits(64, 'revert', red, '--auto-approve')).stderr).toContain(
    'was reverted when',
  );
  await applied({ app: filePlan(), flags: flagPlan(SCHEDULER, { v: '"4"' }) });
  const both = await rig.workspace.git('rev-parse', 'HEAD');
  const several = await rig.exits(64, 'revert', both, '--auto-approve');
  const runs = [...several.stderr.matchAll(/setpoint revert (\w+)/g)].map(([, run = '']) => run);
  expect(runs).toEqual([...runs].sort().toReversed());
  expect(runs).toHaveLength(2);
  await rig.workspace.remove('plans/app.yaml');
  const gone = await applied({});
  const gaveBack = async () => (await rig.exits(7, 'revert', gone, '--auto-approve')).stderr;
  expect(await gaveBack()).toMatch(/SP4272[^]*git revert .* apply; or, .*setpoint backup restore/);
  await rm(join(rig.stateDir, 'backups/snapshots'), { recursive: true });
  expect(await gaveBack()).toMatch(/SP4272[^]*git revert .* apply\n/);
});

it('what a revert gave back is managed again with its original; its backup says what it would lose', async () => {
  await rig.put(CONF, 'mine\n');
  const run = await applied({ app: filePlan({ content: 'level = 1\n' }) });
  await reverted(run);
  expect(await rig.read(CONF)).toBe('mine\n');
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  const back = result.runs[0]?.run ?? '';
  const { stderr } = await rig.exits(7, 'revert', back, '--auto-approve');
  expect(stderr).toMatch(/SP4272[^]*setpoint apply .*--retry-held --reason TEXT/);
  await rig.exits(0, 'apply', '--auto-approve', '--retry-held', '--reason', 'ok');
  expect(await rig.read(CONF)).toBe('level = 1\n');
  await rig.workspace.remove('plans/app.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('mine\n');
  const restored = await rig.exits(0, 'backup', 'restore', back, '--auto-approve');
  expect(restored.stdout).toContain(`No plan manages ${CONF} then`);
});
