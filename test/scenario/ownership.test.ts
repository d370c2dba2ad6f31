import { access } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult, StatusResult } from '../../src/operations/results.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256, treeSnapshot } from './rig/tree-snapshot.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const APISERVER = '/etc/kubernetes/manifests/kube-apiserver.yaml';

let rig: Rig;
let original: string;
beforeEach(async () => {
  rig = await createRig();
  original = await sha256(rig.real(SCHEDULER));
});
afterEach(() => rig.close());

async function planned(...args: readonly string[]): Promise<PlanResult> {
  return (await rig.setpoint('plan', '--json', ...args)).json<PlanResult>().result;
}

function actions(result: PlanResult | ApplyResult): readonly string[] {
  return result.set.parts.flatMap((part) =>
    part.items.map((item) => `${part.operation} ${part.plan} ${item.action} ${item.label}`),
  );
}

describe('release', () => {
  it('of one flag gives its earlier text back and leaves the others', async () => {
    await rig.workspace.plan(
      's',
      flagPlan(SCHEDULER, { profiling: 'false', 'bind-address': '0.0.0.0' }),
    );
    await rig.workspace.commit('two flags');
    await rig.applied();
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('one flag');
    expect(actions(await planned())).toEqual(['apply s release --bind-address']);
    await rig.applied();
    expect(await rig.read(SCHEDULER)).toMatch(/--bind-address=127\.0\.0\.1[^]*--profiling=false/);
  });

  it('of a deleted plan gives identical bytes back and forgets the plan', async () => {
    await rig.workspace.plan(
      's',
      flagPlan(SCHEDULER, { profiling: 'false', 'leader-elect': 'null' }),
    );
    await rig.workspace.commit('plan');
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).not.toBe(original);
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.commit('drop it');
    expect((await planned()).set.parts[0]).toMatchObject({ plan: 's', operation: 'release' });
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(original);
    const status = (await rig.setpoint('status', '--json')).json<StatusResult>().result;
    expect([status.files, status.plans]).toEqual([[], []]);
  });

  it('by git revert of the plan commit gives identical bytes back', async () => {
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    const first = await rig.workspace.commit('first');
    await rig.applied();
    const applied = await sha256(rig.real(SCHEDULER));
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'true', v: '4' }));
    await rig.workspace.commit('second');
    await rig.applied();
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(applied);
    await rig.workspace.git('revert', '--no-edit', first);
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(original);
  });

  it('of a value that someone else changed only forgets it', async () => {
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('plan');
    await rig.applied();
    const edited = (await rig.read(SCHEDULER)).replace('profiling=false', 'profiling=true');
    await rig.put(SCHEDULER, edited, 0o600);
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.commit('drop it');
    expect(actions(await planned())).toEqual(['release s forget --profiling']);
    await rig.applied();
    expect(await rig.read(SCHEDULER)).toBe(edited);
  });

  it('of a plan whose hosts no longer match gives everything back', async () => {
    await rig.workspace.plan(
      's',
      `hosts: ["cp-*"]\n${flagPlan(SCHEDULER, { profiling: 'false' })}`,
    );
    await rig.workspace.commit('here');
    await rig.applied();
    await rig.workspace.plan(
      's',
      `hosts: ["worker-*"]\n${flagPlan(SCHEDULER, { profiling: 'false' })}`,
    );
    await rig.workspace.commit('elsewhere');
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(original);
  });

  it('does not happen for plans that were not given: apply PLAN leaves a deleted one alone', async () => {
    await rig.workspace.plan('a', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.plan('b', filePlan());
    await rig.workspace.commit('two plans');
    await rig.applied();
    await rig.workspace.remove('plans/a.yaml');
    await rig.workspace.plan('b', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('drop a, change b');
    await rig.applied('b');
    expect(await rig.read(SCHEDULER)).toContain('--profiling=false');
    expect(await rig.read('/etc/app/app.conf')).toBe('level = 2\n');
  });

  it('of a new file and the flag that needs it, dropped in one commit: the flag goes first, then the file', async () => {
    const policy = `resources:
  policy:
    kind: file
    path: /etc/kubernetes/audit/policy.yaml
    content: "rules: []\\n"
    gates: []
  flag:
    kind: manifest
    path: ${APISERVER}
    flags: {audit-policy-file: /etc/kubernetes/audit/policy.yaml}
    mounts: [{path: /etc/kubernetes/audit/policy.yaml, type: File, readOnly: true}]
    gates: []
`;
    const before = await sha256(rig.real(APISERVER));
    await rig.workspace.plan('audit', policy);
    await rig.workspace.commit('audit log');
    const { result } = (await rig.applied('--json')).json<ApplyResult>();
    expect(result.set.parts[0]?.steps.map((step) => step.path)).toEqual([
      '/etc/kubernetes/audit/policy.yaml',
      APISERVER,
    ]);
    await rig.workspace.remove('plans/audit.yaml');
    await rig.workspace.commit('no audit log');
    const release = await planned();
    expect(release.set.parts[0]?.steps.map((step) => step.path)).toEqual([
      APISERVER,
      '/etc/kubernetes/audit/policy.yaml',
    ]);
    await rig.applied();
    await expect(access(rig.real('/etc/kubernetes/audit/policy.yaml'))).rejects.toThrow('ENOENT');
    expect(await sha256(rig.real(APISERVER))).toBe(before);
  });
});

describe('ownership', () => {
  it('moves without a write when another plan of the workspace declares the item', async () => {
    await rig.workspace.plan('a', flagPlan(SCHEDULER, { profiling: 'false', v: '2' }));
    await rig.workspace.commit('a');
    await rig.applied();
    const hash = await sha256(rig.real(SCHEDULER));
    await rig.workspace.plan('a', flagPlan(SCHEDULER, { v: '2' }));
    await rig.workspace.plan('b', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('profiling is now in b');
    expect(actions(await planned())).toEqual(['apply b move --profiling']);
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(hash);
    expect((await rig.setpoint('plan', '--detailed-exitcode')).code).toBe(0);
  });

  it('moves when a plan file and its plan are renamed, and a later release still gives the old bytes', async () => {
    await rig.workspace.plan('old', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('old');
    await rig.applied();
    await rig.workspace.remove('plans/old.yaml');
    await rig.workspace.plan('new', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('rename');
    const hash = await sha256(rig.real(SCHEDULER));
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(hash);
    const status = (await rig.setpoint('status', '--json')).json<StatusResult>().result;
    expect(status.plans.map((plan) => plan.plan)).toEqual(['new']);
    await rig.workspace.remove('plans/new.yaml');
    await rig.workspace.commit('drop');
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(original);
  });

  it('does not change at all when only the plan file is renamed: the plan keeps its name', async () => {
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('plan');
    await rig.applied();
    await rig.workspace.git('mv', 'plans/s.yaml', 'plans/other.yaml');
    await rig.workspace.commit('other file name');
    const before = await treeSnapshot(rig.real('/etc'));
    const plan = await planned();
    expect(actions(plan)).toEqual([]);
    await rig.applied();
    expect(await treeSnapshot(rig.real('/etc'))).toEqual(before);
  });

  it('of one item by two plans is an error that names both', async () => {
    await rig.workspace.plan('a', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.plan('b', flagPlan(SCHEDULER, { profiling: 'true' }));
    await rig.workspace.commit('both');
    const result = await rig.exits(65, 'plan');
    expect(result.stderr).toMatch(
      /plans\/a\.yaml[^]*plans\/b\.yaml|plans\/b\.yaml[^]*plans\/a\.yaml/,
    );
  });
});
