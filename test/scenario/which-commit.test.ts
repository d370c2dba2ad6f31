import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryResult, PlanResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { createWorkspace } from './rig/workspace.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function twoPlansApplied(): Promise<void> {
  await rig.workspace.plan('a', filePlan({ path: A, content: 'one\n' }));
  await rig.workspace.plan('b', filePlan({ path: B, content: 'one\n' }));
  await rig.workspace.commit('one');
  await rig.applied();
}

describe('the commit that may act', () => {
  it('may be an older one with --allow-diverged and a reason', async () => {
    await twoPlansApplied();
    const old = await rig.workspace.git('rev-parse', 'HEAD');
    await rig.workspace.plan('a', filePlan({ path: A, content: 'two\n' }));
    await rig.workspace.commit('two');
    await rig.applied();
    await rig.workspace.git('checkout', '--quiet', old);
    await rig.exits(64, 'apply', '--auto-approve', '--allow-diverged');
    await rig.applied('--allow-diverged', '--reason', 'main is broken');
    expect(await rig.read(A)).toBe('one\n');
  });
});

describe('a dirty tree', () => {
  it('is refused with 6, and plan says so beforehand', async () => {
    await twoPlansApplied();
    await rig.workspace.plan('a', filePlan({ path: A, content: 'dirty\n' }));
    const plan = (await rig.setpoint('plan', '--json')).json<PlanResult>().result;
    expect(plan.set.meta.dirty).toEqual(['plans/a.yaml']);
    expect(plan.blockers).not.toEqual([]);
    const result = await rig.exits(6, 'apply', '--auto-approve');
    expect(result.stderr).toContain('plans/a.yaml');
    expect(await rig.read(A)).toBe('one\n');
  });

  it('is recorded as +dirty with --allow-dirty', async () => {
    await twoPlansApplied();
    await rig.workspace.plan('a', filePlan({ path: A, content: 'dirty\n' }));
    await rig.applied('--allow-dirty');
    expect(await rig.read(A)).toBe('dirty\n');
    const history = (await rig.setpoint('history', '--json')).json<HistoryResult>().result;
    const head = await rig.workspace.git('rev-parse', 'HEAD');
    expect(history.entries[0]?.planCommit).toBe(`${head}+dirty`);
  });

  it('does not matter when only files that no plan uses differ', async () => {
    await twoPlansApplied();
    await rig.workspace.plan('a', filePlan({ path: A, content: 'two\n' }));
    await rig.workspace.commit('two');
    await rig.workspace.write('notes.md', 'mine\n');
    await rig.applied();
    expect(await rig.read(A)).toBe('two\n');
  });
});

describe('a partial checkout', () => {
  it('with plan files deleted but not committed releases nothing', async () => {
    await twoPlansApplied();
    await rig.workspace.remove('plans/b.yaml');
    const planned = await rig.exits(0, 'plan');
    expect(planned.stdout + planned.stderr).toContain('plans/b.yaml');
    await rig.setpoint('apply', '--auto-approve');
    expect(await rig.read(B)).toBe('one\n');
  });
});

describe('a second workspace on the same host', () => {
  it('neither touches nor releases what the first one owns', async () => {
    await twoPlansApplied();
    const other = await createWorkspace(join(rig.dir, 'other'), 'security', rig.env);
    await other.plan('c', filePlan({ path: '/etc/app/c.conf' }));
    await other.commit('c');
    expect((await rig.setpointIn(other.dir, ['apply', '--auto-approve'])).code).toBe(0);
    expect([await rig.read(A), await rig.read(B)]).toEqual(['one\n', 'one\n']);
    await rig.applied();
    expect(await rig.read('/etc/app/c.conf')).toBe('level = 1\n');
  });

  it('that declares an item of the first is refused, naming the owner', async () => {
    await twoPlansApplied();
    const other = await createWorkspace(join(rig.dir, 'other'), 'security', rig.env);
    await other.plan('mine', filePlan({ path: A, content: 'theirs\n' }));
    await other.commit('mine');
    const result = await rig.setpointIn(other.dir, ['apply', '--auto-approve']);
    expect(result.code).toBe(65);
    expect(result.stderr).toMatch(/workspace platform \(plan a\)/);
    expect(await rig.read(A)).toBe('one\n');
  });
});
