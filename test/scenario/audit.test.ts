import { readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('setpoint audit', () => {
  it('judges a kubeadm host without a workspace, by the version of its images', async () => {
    const audited = await rig.setpointIn(rig.dir, ['audit', '--json']);
    expect(audited.code).toBe(2);
    const { result } = audited.json<AuditResult>();
    expect(result).toMatchObject({ profile: 'cis-1.12', chosenBy: 'image', kubernetes: '1.34' });
    expect(result.components.map(({ component, path }) => [component, path])).toEqual([
      ['kube-apiserver', '/etc/kubernetes/manifests/kube-apiserver.yaml'],
      ['kube-controller-manager', '/etc/kubernetes/manifests/kube-controller-manager.yaml'],
      ['kube-scheduler', '/etc/kubernetes/manifests/kube-scheduler.yaml'],
      ['etcd', '/etc/kubernetes/manifests/etcd.yaml'],
      ['kubelet', '/var/lib/kubelet/config.yaml'],
    ]);
    const etcd = result.components.find(({ component }) => component === 'etcd');
    expect(etcd?.rows.every(({ standing }) => standing === 'pass')).toBe(true);
    const alike = await rig.setpointIn(rig.dir, ['audit', '--format', 'json']);
    expect(alike.stdout).toBe(audited.stdout);
    const text = (await rig.exits(2, 'audit', '--profile', '1.9')).stdout;
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^cis-1\.9 for Kubernetes 1\.34: 3\d of 5/);
  });

  it('refuses a profile that is none, and a host with nothing to audit', async () => {
    expect((await rig.exits(64, 'audit', '--profile', 'cis-1.21')).stderr).toContain(
      'did you mean "cis-1.11"?',
    );
    const two = await rig.exits(64, 'audit', '--json', '--format', 'sarif');
    expect(two.json().diagnostics).toMatchObject([{ code: 'SP9001' }]);
    await rm(rig.real('/etc/kubernetes/manifests'), { recursive: true });
    await rm(rig.real('/var/lib/kubelet'), { recursive: true });
    expect((await rig.exits(1, 'audit')).stderr).toContain('SP4151');
  });

  it('takes cis: of the workspace, finds manifests that its plans name, and passes over what it cannot read', async () => {
    await rig.workspace.write('setpoint.yaml', 'name: platform\ncis: cis-2.0\n');
    await rig.put('/etc/kubernetes/manifests/broken.yaml', 'a: [');
    await rig.put('/etc/kubernetes/manifests/.hidden.yaml', 'a: [');
    const elsewhere = '/srv/etcd.yaml';
    await rig.put(elsewhere, await rig.read('/etc/kubernetes/manifests/etcd.yaml'));
    await rig.workspace.plan(
      'etcd',
      `resources:\n  etcd:\n    kind: manifest\n    path: ${elsewhere}\n    flags:\n      name: cp-1\n`,
    );
    const audited = await rig.exits(2, 'audit', '--json');
    const { result, diagnostics } = audited.json<AuditResult>();
    expect(result).toMatchObject({ profile: 'cis-2.0', chosenBy: 'workspace' });
    expect(result.components.map(({ path }) => path)).toContain(elsewhere);
    expect(result.unread).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => [code, message.split(' ', 1)[0]])).toEqual([
      ['SP4153', '/etc/kubernetes/manifests/broken.yaml'],
    ]);
  });

  it('rows as audits of a plan: one about another component is refused, a red one takes the change back', async () => {
    const plan = (profiling: string, row: string): Promise<void> =>
      rig.workspace.plan(
        'api',
        `resources:\n  api:\n    kind: manifest\n    path: /etc/kubernetes/manifests/kube-apiserver.yaml\n    flags: {profiling: ${profiling}}\n    gates: []\n    audits: [${row}]\n`,
      );
    const before = await rig.read('/etc/kubernetes/manifests/kube-apiserver.yaml');
    await plan('true', 'cis-1.11/1.4.1');
    await rig.workspace.commit('the scheduler');
    expect((await rig.exits(65, 'plan')).stderr).toContain('SP4154');
    await plan('true', 'cis-1.11/1.2.15');
    await rig.workspace.commit('on');
    const red = await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
    expect(red.stdout + red.stderr).toContain('--profiling=true: not false');
    expect(await rig.read('/etc/kubernetes/manifests/kube-apiserver.yaml')).toBe(before);
    await plan('false', 'cis-1.11/1.2.15');
    await rig.workspace.commit('off');
    await rig.applied();
    expect(await rig.read('/etc/kubernetes/manifests/kube-apiserver.yaml')).toContain(
      '--profiling=false',
    );
  });

  it('each command of the guide works, and its plan file is valid', async () => {
    const guide = await readFile(new URL('../../docs/guide/audit.md', import.meta.url), 'utf8');
    const commands = guide.split('\n').filter((line) => /^ {4}setpoint/.test(line));
    expect(commands).toHaveLength(5);
    for (const command of commands) {
      const [, ...words] = command.trim().split(' ');
      expect((await rig.exits(2, ...words)).stdout).toContain('1.2.15');
    }
    const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(guide) ?? [];
    await rig.workspace.write('plans/guide.yaml', yaml);
    await rig.exits(0, 'validate');
  });
});
