import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { HostPath } from '../../../../../src/model/brand.ts';
import { fixture, imageOf, kind, PATH, textOf } from '../manifest-rig.ts';
import { applied, podOf, wants } from './companion-rig.ts';

const API = fixture('kubeadm-kube-apiserver.yaml');
const CONTROLLERS = fixture('kubeadm-kube-controller-manager.yaml');

const annotated = (key: string) => podOf({ metadata: `  annotations: {${key}: "1"}\n` });

/** What is said of who else writes a manifest, when one flag of it changes. */
function owner(image: typeof API, path: string = PATH): string | undefined {
  const after = applied(wants({ v: '4' }, { uid: 'renew' }), image).after;
  const told = kind.judge(wants({ v: '4' }), image, after, path as HostPath, NOBODY_LOOKED);
  const found = told.filter(({ code }) => code === 'SP2110');
  expect(found.length).toBeLessThan(2);
  return found[0]?.message;
}

describe('whoever else writes a manifest', () => {
  it('is told in one line, with what to do', () => {
    expect(owner(API)).toContain('--emit kubeadm-patch');
    expect(owner(CONTROLLERS)).toContain('kubeadm');
    const ssl = imageOf(textOf(API).replaceAll('/etc/kubernetes/pki', '/etc/kubernetes/ssl'));
    expect(owner(ssl)).toContain('kubespray');
    const rke2 = '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml';
    expect(owner(CONTROLLERS, rke2)).toContain('rke2-server');
    expect(owner(annotated('talos.dev/config-version'))).toContain('Talos');
    expect(owner(podOf({ metadata: '  namespace: openshift-etcd\n' }))).toContain('OpenShift');
    expect(owner(podOf({ probes: '# Ansible managed\n' }))).toContain('Ansible');
  });

  it('is told with when the file is written anew, and where the change belongs', () => {
    const ssl = imageOf(textOf(API).replaceAll('/etc/kubernetes/pki', '/etc/kubernetes/ssl'));
    const rke2 = '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml';
    const mini = imageOf(textOf(API).replaceAll('/etc/kubernetes/pki', '/var/lib/minikube/certs'));
    const gce = owner(API, '/etc/kubernetes/manifests/kube-apiserver.manifest');
    const told = [
      [owner(API), 'anew at its next upgrade', '`setpoint plan --emit kubeadm-patch`'],
      [owner(mini), 'anew at each `minikube start`', '--extra-config'],
      [gce, 'anew at each boot', 'change their configuration'],
      [owner(ssl), 'anew whenever its playbooks run', ' kube_kubeadm_apiserver_extra_args '],
      [owner(CONTROLLERS, rke2), 'anew at each start', '/etc/rancher/rke2/config.yaml'],
      [owner(annotated('talos.dev/x')), 'from its machine configuration', '.extraArgs'],
      [
        owner(podOf({ metadata: '  namespace: openshift-etcd\n' })),
        'anew with each revision',
        'through its resources',
      ],
      [owner(podOf({ probes: '# Ansible managed\n' })), 'with its next run', 'set the flag there'],
    ] as const;
    for (const [message, when, where] of told) {
      expect(message).toContain(when);
      expect(message).toContain(where);
    }
  });

  it("is kubeadm by its annotation, and by its labels in kubeadm's directory", () => {
    const mark = 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint';
    const labelled = podOf({ metadata: '  labels: {tier: control-plane, component: etcd}\n' });
    expect(owner(annotated(mark))).toContain('kubeadm');
    expect(owner(labelled)).toContain('kubeadm');
    expect(owner(labelled, '/srv/etcd.yaml')).toBe(undefined);
  });

  it('is told apart from who leaves the same marks', () => {
    const mini = imageOf(textOf(API).replaceAll('/etc/kubernetes/pki', '/var/lib/minikube/certs'));
    expect(owner(mini)).toContain('`minikube start`');
    const gce = imageOf(textOf(API).replace(/  annotations:\n(    .*\n)+/, ''));
    const path = '/etc/kubernetes/manifests/kube-apiserver.manifest';
    expect(owner(gce, path)).toContain('GCE');
    expect(owner(gce, path)).not.toContain('kubeadm');
  });

  it('is not offered a patch for what a plan that is gone gives back', () => {
    const after = applied(wants({ v: '4' }), API).after;
    const [told] = kind.judge(null, after, API, PATH, NOBODY_LOOKED);
    expect(told?.message).toContain('kubeadm writes it anew');
    expect(told?.message).not.toContain('--emit');
  });

  it('is nobody for a manifest without their marks', () => {
    expect(owner(podOf({}))).toBe(undefined);
    expect(owner(podOf({ metadata: '  labels: {tier: control-plane}\n' }))).toBe(undefined);
  });

  it('is not told where nothing is written', () => {
    expect(kind.judge(wants({}), API, API, PATH, NOBODY_LOOKED)).toEqual([]);
  });
});
