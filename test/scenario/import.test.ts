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

  it('of flags that are given several times, and of values as items of their own, is adopted', async () => {
    const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
    const url = new URL('../../fixtures/manifests/', import.meta.url);
    const text = await readFile(new URL('two-items.yaml', url), 'utf8');
    // Not adopted by the gates of the rig's own pod, but planned.
    await rig.put(manifest, text, 0o600);
    await rig.exits(0, 'import', manifest);
    const plan = await readFile(join(rig.workspace.dir, 'plans/kube-apiserver.yaml'), 'utf8');
    expect(plan).toContain('include:\n          - https://new.example.org\n');
    expect(plan).not.toContain('not managed');
    const planned = await rig.exits(0, 'plan', 'kube-apiserver', '--json');
    const { set } = planned.json<{
      set: { parts: readonly { items: readonly { action: string }[] }[] };
    }>().result;
    const actions = set.parts.flatMap(({ items }) => items.map(({ action }) => action));
    expect(new Set(actions)).toEqual(new Set(['adopt']));
  });

  it('of a manifest without a flag is refused, and of one with several containers names the option', async () => {
    const manifest = '/etc/kubernetes/manifests/web.yaml';
    const fixtures = new URL('../../fixtures/manifests/', import.meta.url);
    await rig.put(
      manifest,
      await readFile(new URL('only-the-binary.yaml', fixtures), 'utf8'),
      0o600,
    );
    const none = await rig.exits(65, 'import', manifest);
    expect(none.stderr).toContain('error[SP2043]');
    const several = await readFile(new URL('several-containers.yaml', fixtures), 'utf8');
    await rig.put(manifest, several, 0o600);
    const unnamed = await rig.exits(65, 'import', manifest);
    expect(unnamed.stderr).toContain('choose one with --container (');
  });
});
