import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandGate, filePlan, flagPlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { createWorkspace } from './rig/workspace.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';
const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('two workspaces with a plan of the same name', () => {
  it('leave each other alone on one manifest', async () => {
    await rig.workspace.plan('app', flagPlan(SCHEDULER, { v: '4', 'leader-elect': 'false' }));
    await rig.workspace.commit('first');
    await rig.applied();
    const other = await createWorkspace(join(rig.dir, 'other'), 'other', rig.env);
    await other.plan('app', flagPlan(SCHEDULER, { profiling: 'false' }));
    await other.commit('second');
    const planned = await rig.setpointIn(other.dir, ['plan', '--diff']);
    expect(planned.stdout).not.toContain('leader-elect: ');
    expect(await rig.setpointIn(other.dir, ['apply', '--auto-approve'])).toMatchObject({ code: 0 });
    const both = await rig.read(SCHEDULER);
    expect(both).toContain('--leader-elect=false');
    expect(both).toContain('--profiling=false');
    expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
    await other.remove('plans/app.yaml');
    await other.commit('gone');
    expect(await rig.setpointIn(other.dir, ['apply', '--auto-approve'])).toMatchObject({ code: 0 });
    const one = await rig.read(SCHEDULER);
    expect(one).toContain('--leader-elect=false');
    expect(one).not.toContain('--profiling=false');
  });
});

describe('after', () => {
  const second = `after: [first]\n${filePlan({ path: B })}`;

  it('refuses a plan whose predecessor is not applied: exit 7, nothing written', async () => {
    await rig.workspace.plan('first', filePlan({ path: A }));
    await rig.workspace.plan('second', second);
    await rig.workspace.commit('both');
    expect((await rig.exits(0, 'plan', 'second')).stdout).toContain('SP3042');
    const result = await rig.exits(7, 'apply', 'second', '--auto-approve');
    expect(result.stderr).toContain(`setpoint apply --root ${rig.root} first second`);
    await expect(rig.read(B)).rejects.toThrow('ENOENT');
    await rig.applied('first', 'second');
  });

  it('does not count a predecessor whose only run was reverted', async () => {
    await rig.workspace.plan('first', filePlan({ path: A, gates: [redGate('false')] }));
    await rig.workspace.plan('second', second);
    await rig.workspace.commit('both');
    await rig.exits(3, 'apply', 'first', '--auto-approve');
    const result = await rig.exits(7, 'apply', 'second', '--auto-approve');
    expect(result.stderr).toContain('SP3042');
  });
});

describe('a plan that is gone', () => {
  it('is released by name, and only it', async () => {
    await rig.workspace.plan('a', filePlan({ path: A }));
    await rig.workspace.plan('b', filePlan({ path: B }));
    await rig.workspace.commit('both');
    await rig.applied();
    await rig.workspace.remove('plans/a.yaml');
    await rig.workspace.remove('plans/b.yaml');
    await rig.workspace.commit('none');
    await rig.applied('a');
    await expect(rig.read(A)).rejects.toThrow('ENOENT');
    expect(await rig.read(B)).toBe('level = 1\n');
  });
});

describe('a file that is also a directory', () => {
  it('is refused before anything is written, by plan, validate and apply', async () => {
    const below = filePlan({ path: `${A}/m` }).replace('resources:\n  conf:', '  below:');
    await rig.workspace.plan('app', `${filePlan({ path: A })}\n${below}`);
    await rig.workspace.commit('both');
    for (const verb of [['plan'], ['validate'], ['apply', '--auto-approve']]) {
      expect((await rig.exits(65, ...verb)).stderr).toContain('SP3004');
    }
    await expect(rig.read(A)).rejects.toThrow('ENOENT');
  });
});

describe('a file that changes kind', () => {
  it('is refused in one commit and told how', async () => {
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.commit('flags');
    await rig.applied();
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.plan('f', filePlan({ path: SCHEDULER }));
    await rig.workspace.commit('whole');
    const result = await rig.exits(65, 'plan');
    expect(result.stderr).toContain('SP3003');
    expect(result.stderr).toContain('two commits');
  });
});

describe('validate', () => {
  it('sees that two plans declare one item', async () => {
    await rig.workspace.plan('a', filePlan({ path: A }));
    await rig.workspace.plan('b', filePlan({ path: A, content: 'other\n' }));
    await rig.workspace.commit('both');
    expect((await rig.exits(65, 'validate')).stderr).toContain('SP3001');
  });
});

describe('plan while a run is open', () => {
  it('says that the host is in the middle of a run', async () => {
    const gate = commandGate(`test -e ${join(rig.dir, 'go')}`, { within: '60s' });
    await rig.workspace.plan('a', filePlan({ path: A, gates: [gate] }));
    await rig.workspace.commit('a');
    const running = rig.start('apply', '--auto-approve', '--no-guardian');
    await running.stderrMatches(/gates after/);
    const during = await rig.exits(0, 'plan');
    expect(during.stdout).toContain('is at work (pid');
    running.signal('SIGKILL');
    await running.result;
    const left = await rig.exits(0, 'plan');
    expect(left.stdout).toContain('was left open');
    await rig.exits(3, 'recover');
    expect((await rig.exits(0, 'plan')).stdout).not.toContain('SP3043');
  });
});
