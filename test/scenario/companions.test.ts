import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function plan(lines: readonly string[]): Promise<void> {
  const body = ['    kind: manifest', `    path: ${SCHEDULER}`, '    gates: []', ...lines];
  await rig.workspace.plan('scheduler', ['resources:', '  scheduler:', ...body].join('\n'));
  await rig.workspace.commit('scheduler');
}

it('a flag takes its companions along: probes, a new uid, words for its owner; and gives them back', async () => {
  const found = await rig.read(SCHEDULER);
  const original = found.replace('metadata:\n', 'metadata:\n  uid: 3f1b0a4c\n');
  await rig.put(SCHEDULER, original);
  const flags = ['    flags: {secure-port: 10260, profiling: null}'];
  await plan(flags);
  expect((await rig.exits(65, 'plan')).stderr).toContain('uid: renew');

  await plan(['    uid: renew', ...flags]);
  const { stdout } = await rig.exits(0, 'plan');
  expect(stdout).toMatch(
    /^warning\[SP\d+\]: .*the liveness probe of kube-scheduler asks .*:10259.*$/m,
  );
  expect(stdout).toMatch(/^warning\[SP\d+\]: .*kubeadm writes it anew at its next upgrade.*$/m);
  const emitted = await rig.exits(0, 'plan', '--emit', 'kubeadm-patch');
  expect(parse(emitted.stdout)).toMatchObject({
    scheduler: { extraArgs: [{ name: 'secure-port', value: '10260' }] },
  });
  expect(emitted.stdout).toMatch(/^# left out: .*the liveness probe: .*say probes: follow/m);

  await plan(['    uid: renew', '    probes: follow', ...flags]);
  expect((await rig.exits(0, 'plan')).stdout).not.toContain('liveness probe');
  await rig.applied();
  const changed = await rig.read(SCHEDULER);
  expect(changed).toContain('port: 10260');
  expect(changed).not.toContain('3f1b0a4c');
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
  const json = await rig.exits(0, 'plan', '--emit', 'kubeadm-patch', '--json');
  const [configuration, patch = ''] = json.json<PlanResult>().result.emitted?.split('---\n') ?? [];
  expect(emitted.stdout).toContain(configuration);
  expect(parse(patch)).toContainEqual({
    op: 'add',
    path: '/spec/containers/0/livenessProbe/httpGet/port',
    value: 10_260,
  });

  const scheduler = changed.replace('port: 10260', 'port: 1');
  await rig.put(SCHEDULER, scheduler);
  expect((await rig.exits(2, 'drift')).stdout).toContain('livenessProbe.port');
  await rig.exits(0, 'drift', '--restore', '--auto-approve');
  expect(await rig.read(SCHEDULER)).toContain('port: 10260');

  await rig.workspace.remove('plans/scheduler.yaml');
  await rig.workspace.commit('gone');
  await rig.applied();
  expect(await rig.read(SCHEDULER)).toBe(original);
});
