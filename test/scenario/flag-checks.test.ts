import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanResult } from '../../src/operations/results.ts';
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
  const told = (await rig.exits(65, 'plan', '--json')).json<unknown>().diagnostics;
  // Each at its own line of the plan file.
  const lines = (await readFile(join(rig.workspace.dir, 'plans/app.yaml'), 'utf8')).split('\n');
  for (const flag of ['leader-elekt', 'profiling']) {
    const line = lines.findIndex((one) => one.includes(`${flag}:`));
    const column = (lines[line] ?? '').indexOf(flag) + 1;
    const at = { file: 'plans/app.yaml', line: line + 1, column };
    expect(told).toContainEqual(expect.objectContaining({ flag, at }));
  }
  expect(await rig.read(SCHEDULER)).toBe(before);
  await rig.workspace.plan('app', `${wrong}\n    catalogue: lenient`);
  await rig.workspace.commit('lenient');
  const { stdout } = await rig.exits(0, 'plan');
  expect(stdout).toContain('has no flag --leader-elekt; did you mean --leader-elect?');
  expect(stdout).toContain('warning[SP2060]');
  const planned = (await rig.exits(0, 'plan', '--json')).json<PlanResult>().result;
  const codes = planned.set.parts[0]?.warnings.map((one) =>
    typeof one === 'string' ? one : [one.code, one.at?.file],
  );
  expect(codes).toContainEqual(['SP2060', 'plans/app.yaml']);
  await rig.workspace.plan('app', `${wrong}\n    catalogue: off`);
  await rig.workspace.commit('off');
  const silent = await rig.exits(0, 'plan');
  expect(silent.stdout).not.toContain('did you mean');
});

it('a manifest that cannot be edited is refused with the plan and the resource that declare it', async () => {
  const text = await rig.read(SCHEDULER);
  await rig.put(SCHEDULER, text.replace('metadata:\n', 'metadata:\n  uid: abc\n'), 0o600);
  await rig.workspace.plan('app', flagPlan(SCHEDULER, { profiling: 'false' }));
  await rig.workspace.commit('uid');
  const { stderr } = await rig.exits(65, 'plan');
  expect(stderr).toMatch(/SP2008.*declared by app\/[^ ]+ \(plans\/app\.yaml:\d+\)/);
});

it('a patch for kubeadm fails where the plan files are in no commit, and takes no options of the plan view', async () => {
  await rig.workspace.plan('app', flagPlan(SCHEDULER, { profiling: 'false' }));
  const patch = await rig.exits(6, 'plan', 'app', '--emit', 'kubeadm-patch');
  expect(patch.stderr).toMatch(/error\[SP302\d\]/);
  expect(patch.stdout).toContain('profiling');
  expect((await rig.exits(64, 'plan', '--emit', 'kubeadm-patch', '--diff')).stderr).toContain(
    '--diff',
  );
});
