import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, ImportResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256 } from './rig/tree-snapshot.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('import', () => {
  it.each(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])(
    'of %s gives a plan that apply adopts without writing',
    async (name) => {
      const manifest = `/etc/kubernetes/manifests/${name}.yaml`;
      const hash = await sha256(rig.real(manifest));
      const imported = await rig.exits(0, 'import', manifest, '--json');
      const { plan, items } = imported.json<ImportResult>().result;
      await rig.workspace.commit(`Import ${name}`);
      expect((await rig.setpoint('validate')).code).toBe(0);
      const { result } = (await rig.applied('--json')).json<ApplyResult>();
      const part = result.set.parts.find((candidate) => candidate.plan === plan);
      expect(part?.items).toHaveLength(items);
      expect(new Set(part?.items.map((item) => item.action))).toEqual(new Set(['adopt']));
      expect(await sha256(rig.real(manifest))).toBe(hash);
      expect((await rig.setpoint('plan', '--detailed-exitcode')).code).toBe(0);
    },
  );

  it('writes a plan file for people, named after the manifest', async () => {
    await rig.setpoint('import', '/etc/kubernetes/manifests/kube-scheduler.yaml');
    const text = await readFile(join(rig.workspace.dir, 'plans/kube-scheduler.yaml'), 'utf8');
    expect(text).toContain('name: kube-scheduler');
    expect(text).toMatch(/leader-elect: "?true"?\n/);
  });

  it('does not overwrite a plan file that is there', async () => {
    await rig.setpoint('import', '/etc/kubernetes/manifests/etcd.yaml');
    const again = await rig.exits(64, 'import', '/etc/kubernetes/manifests/etcd.yaml');
    expect(again.stderr).toContain('plans/etcd.yaml');
  });

  it('of a file that is not there says so', async () => {
    const result = await rig.exits(64, 'import', '/etc/kubernetes/manifests/none.yaml');
    expect(result.stderr).toContain('/etc/kubernetes/manifests/none.yaml');
  });
});
