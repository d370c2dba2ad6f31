import { afterEach, beforeEach, expect, it } from 'vitest';
import { flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

it('flags that the component does not take are refused before anything is written, all at once, or warned of as the plan says', async () => {
  const before = await rig.read(SCHEDULER);
  const wrong = flagPlan(SCHEDULER, { 'leader-elekt': 'true', profiling: '"no"' });
  await rig.workspace.plan('app', wrong);
  await rig.workspace.commit('wrong');
  for (const command of [['plan'], ['apply', '--auto-approve']]) {
    const { stderr } = await rig.exits(65, ...command);
    expect(stderr).toMatch(/SP2060.*kube-scheduler 1\.34 has no flag --leader-elekt/);
    expect(stderr).toContain('did you mean --leader-elect?');
    expect(stderr).toMatch(
      /SP2063.*--profiling of kube-scheduler 1\.34 takes true or false, not "no"/,
    );
  }
  expect(await rig.read(SCHEDULER)).toBe(before);
  await rig.workspace.plan('app', `${wrong}\n    catalogue: lenient`);
  await rig.workspace.commit('lenient');
  const { stdout } = await rig.exits(0, 'plan');
  expect(stdout).toContain('has no flag --leader-elekt; did you mean --leader-elect?');
  await rig.workspace.plan('app', `${wrong}\n    catalogue: off`);
  await rig.workspace.commit('off');
  const silent = await rig.exits(0, 'plan');
  expect(silent.stdout).not.toContain('did you mean');
});
