import { access } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ApplyResult, CheckHostResult, StatusResult } from '../../src/operations/results.ts';
import { CONF } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

/** Level 2 in a plan with these gates, and whatever `extra` adds to the resource. */
async function propose(gates: readonly string[], extra?: string): Promise<void> {
  const optional = extra === undefined ? {} : { extra };
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates, ...optional }));
  await rig.workspace.commit('level 2');
}

function action(script: string): string {
  return `    onChange:\n      - {run: [sh, -c, ${JSON.stringify(script)}]}`;
}

async function heldRun(): Promise<string | undefined> {
  const status = (await rig.setpoint('status', '--json')).json<StatusResult>().result;
  return status.plans[0]?.held?.run;
}

describe('a green gate', () => {
  it('lets the change stay; the report counts its attempts', async () => {
    await propose([commandGate(`grep -q 2 ${rig.real(CONF)}`, { successes: 3 })]);
    const { result } = (await rig.applied('--json')).json<ApplyResult>();
    expect(result.runs[0]).toMatchObject({ outcome: 'applied', unproven: false });
    expect(result.runs[0]?.checks[0]).toMatchObject({
      phase: 'after',
      verdict: 'green',
      attempts: 3,
    });
  });

  it('may be red at first: it is asked again until its deadline', async () => {
    const once = `test -e ${rig.dir}/asked || { touch ${rig.dir}/asked; exit 1; }`;
    await propose([commandGate(once, { within: '10s' })]);
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });
});

describe('a red gate', () => {
  it('after the write reverts: exit 3, old bytes, two commits, plan held', async () => {
    await propose([
      redGate(`! grep -q 2 ${rig.real(CONF)}`, { phases: 'before, after, revert', within: '3s' }),
    ]);
    const result = await rig.exits(3, 'apply', '--auto-approve', '--json');
    const [run] = result.json<ApplyResult>().result.runs;
    expect(run?.outcome).toBe('reverted');
    expect(run?.checks.map((check) => `${check.phase} ${check.verdict}`)).toEqual([
      'before green',
      'after red',
      'revert green',
    ]);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await rig.stateLog()).toHaveLength(3);
    expect(await heldRun()).toBe(run?.run);
  });

  it('before the write refuses: exit 7, nothing written, nothing recorded', async () => {
    await propose([redGate('exit 1', { phases: 'before' })]);
    const log = await rig.stateLog();
    await rig.exits(7, 'apply', '--auto-approve');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await rig.stateLog()).toEqual(log);
    expect(await heldRun()).toBeUndefined();
  });

  it('before the write is passed over with --allow-unhealthy', async () => {
    await propose([commandGate(`grep -q 2 ${rig.real(CONF)}`, { phases: 'before, after' })]);
    await rig.applied('--allow-unhealthy');
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });

  it('of the plan itself reverts all of its resources', async () => {
    await rig.workspace.plan(
      'app',
      `${filePlan({ content: 'level = 2\n' })}
  second:
    kind: file
    path: /etc/app/second.conf
    content: "new"
    gates: []
gates:
  - ${redGate('exit 1')}`,
    );
    await rig.workspace.commit('two files');
    await rig.exits(3, 'apply', '--auto-approve');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    await expect(access(rig.real('/etc/app/second.conf'))).rejects.toThrow('ENOENT');
  });

  it('stops later plans: earlier ones stay, later ones are not run', async () => {
    await propose([redGate('exit 1')]);
    await rig.workspace.plan('aaa', filePlan({ path: '/etc/app/aaa.conf' }));
    await rig.workspace.plan('zzz', filePlan({ path: '/etc/app/zzz.conf' }));
    await rig.workspace.commit('three plans');
    const result = await rig.exits(3, 'apply', '--auto-approve', '--json');
    const { runs, notRun } = result.json<ApplyResult>().result;
    expect(runs.map((run) => `${run.plan} ${run.outcome}`)).toEqual([
      'aaa applied',
      'app reverted',
    ]);
    expect(notRun).toEqual(['zzz']);
  });

  it('is not asked with --offline: the run is recorded as unproven', async () => {
    await propose([redGate('exit 1')]);
    const { result } = (await rig.applied('--offline', '--json')).json<ApplyResult>();
    expect(result.runs[0]).toMatchObject({ outcome: 'applied', unproven: true });
  });
});

describe('a held plan', () => {
  beforeEach(async () => {
    await propose([redGate(`test -e ${rig.dir}/healthy`)]);
    await rig.exits(3, 'apply', '--auto-approve');
  });

  it('is refused with 7, naming the run, while its inputs are the same', async () => {
    const run = await heldRun();
    const result = await rig.exits(7, 'apply', '--auto-approve');
    expect(result.stderr).toContain(run);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('is tried again with --retry-held and a reason', async () => {
    await rig.exits(64, 'apply', '--auto-approve', '--retry-held');
    await rig.mark('healthy');
    await rig.applied('--retry-held', '--reason', 'the disk was full');
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect(await heldRun()).toBeUndefined();
  });

  it('is tried again when its inputs change', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 3\n' }));
    await rig.workspace.commit('level 3');
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });
});

describe('an audit', () => {
  it('that fails reverts: exit 3, and it is not run again after the revert', async () => {
    const audit = `echo x >> ${rig.dir}/audits; exit 1`;
    await propose(
      [],
      `    audits:\n      - {kind: command, run: [sh, -c, ${JSON.stringify(audit)}]}`,
    );
    const result = await rig.exits(3, 'apply', '--auto-approve', '--json');
    expect(result.json<ApplyResult>().result.runs[0]?.checks.at(-1)).toMatchObject({
      phase: 'audit',
      verdict: 'red',
    });
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await rig.marked('audits')).toBe('x\n');
  });
});

describe('onChange', () => {
  it('runs once after the write', async () => {
    await propose([], action(`cat ${rig.real(CONF)} >> ${rig.dir}/seen`));
    await rig.applied();
    await rig.applied();
    expect(await rig.marked('seen')).toBe('level = 2\n');
  });

  it('that fails counts as a red gate and runs again after the revert', async () => {
    const script = `cat ${rig.real(CONF)} >> ${rig.dir}/seen; ! grep -q 2 ${rig.real(CONF)}`;
    await propose([], action(script));
    await rig.exits(3, 'apply', '--auto-approve');
    expect(await rig.marked('seen')).toBe('level = 2\nlevel = 1\n');
  });
});

describe('check', () => {
  it('runs gates and audits once and changes nothing: 0 when green, 1 when red', async () => {
    await propose([commandGate('exit 0')]);
    await rig.exits(0, 'check');
    await propose([redGate('exit 1')]);
    const result = await rig.exits(1, 'check', '--json');
    expect(result.json<CheckHostResult>().result.results[0]).toMatchObject({
      plan: 'app',
      verdict: 'red',
    });
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('names the gates of a manifest after its resource: two pods may have a container of one name', async () => {
    const host = await createRig({ settings: 'gates: {every: 10ms, timeout: 1s}\n' });
    onTestFinished(() => host.close());
    const path = '/etc/kubernetes/manifests/kube-scheduler.yaml';
    const resource = `kind: manifest\n    path: ${path}\n    flags: {profiling: false}\n`;
    await host.workspace.plan('plane', `resources:\n  chooser:\n    ${resource}`);
    const { result } = (await host.exits(1, 'check', '--json')).json<CheckHostResult>();
    const [first, ...others] = result.results.map(({ id }) => id);
    expect(first).toBe('chooser:process:old');
    expect(others.every((id) => /^chooser:(readiness|liveness|startup)/.test(id))).toBe(true);
    expect(others).not.toEqual([]);
  });
});
