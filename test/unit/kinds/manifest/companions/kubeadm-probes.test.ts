import { describe, expect, it } from 'vitest';
import { kubeadmPart } from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-part.ts';
import { kubeadmText } from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-text.ts';
import { imageOf, textOf } from '../manifest-rig.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../../../src/model/plan-file.ts';
import { absent, fixture, specOf, value } from '../manifest-rig.ts';
import { mountSpec } from '../mounts/mounts-rig.ts';
import type { MountWish } from '../mounts/mounts-rig.ts';
import { applied } from './companion-rig.ts';
import { normalOf, rendered } from './kubeadm-render.ts';

type Flags = Readonly<Record<string, FlagDeclaration>>;

const VERSIONS = ['1.27', '1.34'] as const;

/** What apply makes of the fixture, what kubeadm makes of it with what is printed, and what is left out. */
function compared(component: string, version: string, spec: ManifestSpec) {
  const image = fixture(`../kubeadm/${version}/${component}.yaml`);
  const { after, back } = applied(spec, image);
  const found = kubeadmPart(spec, after, (key) => {
    const edit = back.find((one) => one.op === 'restore' && one.key === key);
    return edit?.op === 'restore' ? edit.before : undefined;
  });
  if ('leftOut' in found) throw new Error(found.leftOut);
  const text = kubeadmText([found.part], 'v1beta4', []);
  const { probes, leftOut } = found.part;
  const byKubeadm = rendered(image, text);
  return { byApply: normalOf(after), byKubeadm, text, probes, leftOut };
}

const follow = (flags: Flags): ManifestSpec => ({ ...specOf(flags), probes: 'follow' });

describe.each(VERSIONS)('what kubeadm of %s writes with what was printed', (version) => {
  it.each<[string, Flags]>([
    ['kube-controller-manager', { 'secure-port': value('10357') }],
    ['kube-controller-manager', { 'bind-address': value('192.0.2.11') }],
    [
      'kube-controller-manager',
      { 'bind-address': value('192.0.2.11'), 'secure-port': value('10357') },
    ],
    ['kube-controller-manager', { 'bind-address': value('::1'), profiling: value('false') }],
    ['kube-scheduler', { 'secure-port': value('0x2877'), 'bind-address': value('127.0.0.2') }],
    ['kube-scheduler', { 'bind-address': absent, 'secure-port': value('10359') }],
    ['kube-apiserver', { 'bind-address': value('127.0.0.1') }],
    ['kube-apiserver', { 'bind-address': value('198.51.100.7'), profiling: value('false') }],
    ['etcd', { 'listen-metrics-urls': value('http://192.0.2.11:2391') }],
    ['etcd', { 'listen-metrics-urls': value('http://127.0.0.1:2391') }],
    ['etcd', { 'listen-metrics-urls': value('http://[::1]:2391'), name: value('first') }],
    ['etcd', { 'listen-metrics-urls': value('unix://x:1,http://127.0.0.1:2391') }],
  ])('asks %s with probes: follow where apply makes it ask: %j', (component, flags) => {
    const { byApply, byKubeadm, leftOut } = compared(component, version, follow(flags));
    expect(byKubeadm).toEqual(byApply);
    expect(leftOut).toEqual([]);
  });

  it.each<[string, Flags, readonly MountWish[]]>([
    [
      'kube-apiserver',
      { 'audit-log-path': value('/var/log/audit/a.log') },
      [
        { path: '/var/log/audit', type: 'DirectoryOrCreate' },
        { path: '/etc/kubernetes/audit', hostPath: '/srv/audit', readOnly: true },
      ],
    ],
    ['kube-controller-manager', {}, [{ path: '/etc/ssl/certs', readOnly: false }]],
    ['kube-scheduler', {}, [{ path: '/etc/kubernetes/scheduler.conf', type: 'File' }]],
    ['etcd', {}, [{ path: '/var/lib/wal', hostPath: '/srv/wal', type: 'DirectoryOrCreate' }]],
    ['etcd', {}, [{ path: '/etc/kubernetes/pki/etcd', readOnly: true }]],
    ['etcd', {}, [{ path: '/var/lib/etcd', type: 'Directory', readOnly: false }]],
  ])('mounts into %s what apply mounts: %j %j', (component, flags, mounts) => {
    const { byApply, byKubeadm } = compared(component, version, mountSpec(mounts, flags));
    expect(byKubeadm).toEqual(byApply);
  });
});

describe('the probes of kubeadm', () => {
  const other = { 'bind-address': value('192.0.2.11'), 'secure-port': value('10357') };

  it('get the port for all nodes, the address for this one', () => {
    const { probes, text } = compared('kube-controller-manager', '1.34', follow(other));
    expect(probes.filter(({ ofNode }) => ofNode).map(({ field }) => field)).toEqual([
      'host',
      'host',
    ]);
    const [all = '', own = ''] = text.split('---\n').slice(1);
    expect(all).toContain('controller-manager0+json.yaml');
    expect(all).not.toContain('192.0.2.11');
    expect(own).toContain('path: /spec/containers/0/livenessProbe/httpGet/host');
  });

  it.each<[string, Flags]>([
    ['kube-controller-manager', { 'bind-address': value('127.0.0.2') }],
    ['kube-controller-manager', { 'bind-address': value('0.0.0.0') }],
    ['kube-scheduler', { profiling: value('false') }],
    ['etcd', { 'listen-metrics-urls': value('http://127.0.0.1:2391,http://192.0.2.1:2391') }],
    ['kube-apiserver', { 'secure-port': value('7443') }],
  ])('of %s are left to kubeadm where it makes them right: %j', (component, flags) => {
    expect(compared(component, '1.34', follow(flags)).probes).toEqual([]);
  });

  it.each<[string, Flags, string]>([
    ['kube-controller-manager', other, 'say probes: follow, or patch it'],
    ['kube-scheduler', { 'secure-port': value('0') }, 'patch it'],
    ['etcd', { 'listen-metrics-urls': absent }, 'patch it'],
    ['etcd', { 'listen-metrics-urls': value('http://192.0.2.11:2391') }, 'say probes: follow'],
  ])('of %s that nobody will answer are told of without it: %j', (component, flags, way) => {
    const { probes, leftOut } = compared(component, '1.34', specOf(flags));
    expect(probes).toEqual([]);
    const ofStartup = leftOut.find((text) => text.includes('the startup probe'));
    expect(ofStartup).toContain('the startup probe: kubeadm makes it ask http');
    expect(ofStartup).toContain(`where nobody will listen: ${way}`);
  });

  it('cannot be judged where nobody knows where the component listens', () => {
    const flags = { 'bind-address': value('$(IP)') };
    expect(compared('kube-scheduler', '1.34', specOf(flags)).leftOut[0]).toContain(
      'it cannot be told where it listens',
    );
  });
});

describe('a manifest of which kubeadm has noted no address', () => {
  it('is asked at the loopback address', () => {
    const image = fixture('../kubeadm/1.34/kube-apiserver.yaml');
    const bare = imageOf(textOf(image).replace(/ {2}annotations:\n.*\n/, ''));
    const spec = follow({ 'bind-address': value('192.0.2.11') });
    const found = kubeadmPart(spec, applied(spec, bare).after, () => undefined);
    expect('part' in found && found.part.probes.map(({ field }) => field)).toEqual([
      'host',
      'host',
      'host',
    ]);
  });
});
