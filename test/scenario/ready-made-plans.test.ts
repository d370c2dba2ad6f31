import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256 } from './rig/tree-snapshot.ts';

const PLANS = fileURLToPath(new URL('../../plans/examples/', import.meta.url));
const MANIFESTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

function digests(): Promise<readonly string[]> {
  return Promise.all(
    MANIFESTS.map((name) => sha256(rig.real(`/etc/kubernetes/manifests/${name}.yaml`))),
  );
}

// Those of the benchmark, of which one version excludes the other, are in cis-plans.test.ts.
describe('the ready-made plan files', () => {
  it('are valid, change a kubeadm control plane, and give it back byte for byte', async () => {
    const before = await digests();
    await cp(PLANS, join(rig.workspace.dir, 'plans'), { recursive: true });
    await rig.workspace.commit('all of them');
    const files = (await readdir(PLANS, { recursive: true })).filter((f) => f.endsWith('.yaml'));
    const valid = await rig.exits(0, 'validate');
    expect(valid.stdout).toContain(`Valid: ${files.length} plan files`);
    // Nothing runs behind these manifests: gates are not asked.
    await rig.applied('--offline');
    expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
    expect(await digests()).not.toEqual(before);
    await rm(join(rig.workspace.dir, 'plans'), { recursive: true });
    await rig.workspace.commit('none of them');
    await rig.applied('--offline');
    expect(await digests()).toEqual(before);
    await expect(rig.read('/etc/kubernetes/audit/policy.yaml')).rejects.toThrow('ENOENT');
  });
});
