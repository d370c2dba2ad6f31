/** Who else writes the manifest: kubeadm upgrade, kubespray and rke2-server make it anew from what they know. */
import { expect, it } from 'vitest';
import type { DriftResult } from '../../../src/operations/drift/results.ts';
import type { PlanResult } from '../../../src/operations/results.ts';
import { setFlag, trapHost } from '../rig/trap-host.ts';
import { asApiserver } from './as-apiserver.ts';
import { upgrade, withExtraArgs } from './kubeadm-upgrade.ts';

it('an upgrade takes a flag away without a word, with a gap; setpoint tells of it, and brings it back', async () => {
  const host = await trapHost();
  const { rig } = host;
  const generated = await host.manifest();
  await host.propose('profiling: false');
  await rig.applied();
  await upgrade(host, setFlag(generated, 'v1.0.0', 'v1.1.0'));
  expect(host.restarts().gaps).toBe(1);
  expect(await host.flags()).toMatchObject({ profiling: 'true' });

  const drift = (await rig.exits(2, 'drift', '--json')).json<DriftResult>();
  expect(JSON.stringify(drift.result)).toContain('profiling');
  const before = host.restarts();
  await rig.applied();
  expect(await host.flags()).toMatchObject({ profiling: 'false' });
  expect(await host.manifest()).toContain('v1.1.0');
  const { pods, gaps } = host.restarts();
  expect({ pods: pods - before.pods, gaps: gaps - before.gaps }).toEqual({ pods: 1, gaps: 0 });
});

it("an upgrade of kubeadm's is foretold by plan, and keeps the change with the arguments that plan prints", async () => {
  const host = await trapHost({ prepare: asApiserver });
  const { rig } = host;
  const generated = await host.manifest();
  const newer = setFlag(generated, 'v1.34.0', 'v1.34.1');
  await host.propose('profiling: false, request-timeout: 2m0s');
  const { result } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  const warning = expect.stringContaining('kubeadm writes it anew at its next upgrade') as string;
  expect(result.set.parts[0]?.warnings).toContainEqual(
    expect.objectContaining({ code: 'SP2110', message: warning }),
  );
  await rig.applied();
  const { stdout: patch } = await rig.exits(0, 'plan', '--emit', 'kubeadm-patch');

  await upgrade(host, newer);
  const drift = (await rig.exits(2, 'drift', '--json')).json<DriftResult>();
  const drifted = JSON.stringify(drift.result);
  expect([drifted.includes('profiling'), drifted.includes('request-timeout')]).toEqual([
    true,
    true,
  ]);
  await upgrade(host, withExtraArgs(newer, patch));
  await rig.exits(0, 'drift');
  expect(await host.flags()).toMatchObject({ profiling: 'false', 'request-timeout': '2m0s' });
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
});
