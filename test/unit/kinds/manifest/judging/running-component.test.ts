import { imageVersion } from '../../../../../src/catalogue/image-version.ts';
import { describe, expect, it } from 'vitest';
import { readContainer } from '../../../../../src/kinds/manifest/pod/container.ts';
import {
  componentOf,
  componentOfProcess,
  likelyComponent,
} from '../../../../../src/kinds/manifest/pod/component.ts';
import { runningComponent } from '../../../../../src/kinds/manifest/pod/running-component.ts';
import { readPod } from '../../../../../src/kinds/manifest/pod/parse-pod.ts';
import { fixture, good, PATH } from '../manifest-rig.ts';

describe('the version in an image tag', () => {
  it.each([
    ['registry.k8s.io/kube-apiserver:v1.34.2', 'v1.34.2'],
    [
      'index.docker.io/rancher/hardened-kubernetes:v1.33.5-rke2r1-build20250910',
      'v1.33.5-rke2r1-build20250910',
    ],
    ['projects.registry.vmware.com/tkg/kube-apiserver:v1.30.4_vmware.1', 'v1.30.4_vmware.1'],
    ['registry.k8s.io/etcd:3.5.21-0', '3.5.21-0'],
    ['localhost:5000/etcd:v3.6.1', 'v3.6.1'],
    ['[::1]:5000/kubernetes/kube-proxy:v1.35.0-rc.1', 'v1.35.0-rc.1'],
    ['registry.k8s.io/kube-apiserver:v1.34.2@sha256:0123', 'v1.34.2'],
    ['kube-apiserver:1.34', '1.34'],
    ['registry.k8s.io/kube-apiserver@sha256:0123', null],
    ['registry.k8s.io/kube-apiserver:latest', null],
    ['registry.k8s.io/kube-apiserver:v1', null],
    ['registry.k8s.io/kube-apiserver:20250101', null],
    ['registry.k8s.io/kube-apiserver:1.34rc', null],
    ['localhost:5000/kube-apiserver', null],
    ['kube-apiserver', null],
    ['', null],
  ])('of %s is %s', (image, version) => expect(imageVersion(image)).toBe(version));
});

describe('the component of a container', () => {
  it.each([
    [['kube-apiserver', '--v=2'], 'example.org/x:1', 'kube-apiserver'],
    [['/usr/local/bin/kube-scheduler'], 'example.org/x:1', 'kube-scheduler'],
    [
      ['/go-runner', '--log-file=/l', '--also-stdout', '/usr/local/bin/kube-proxy', '--v=1'],
      'x',
      'kube-proxy',
    ],
    [['/go-runner', '--log-file', '/l', '/usr/bin/kubelet'], 'x', 'kubelet'],
    [['/hyperkube', 'apiserver', '--v=2'], 'x', 'kube-apiserver'],
    [['/hyperkube', 'kube-controller-manager'], 'x', 'kube-controller-manager'],
    [['/kms-plugin', '--listen=x'], 'registry.k8s.io/kube-apiserver:v1.34.2', null],
    [['/scheduler', '--level=1'], 'example.org/scheduler:v1.34.2', null],
    [['/etcd-manager'], 'registry.k8s.io/etcdadm/etcd-manager-slim:v3.0.1', null],
    [['/go-runner'], 'registry.k8s.io/kube-apiserver:v1.34.2', null],
  ])('that runs %j of %s is %s', (argv, image, component) =>
    expect(componentOf({ argv, hasCommand: true, image })).toBe(component),
  );

  it.each([
    [['--name=x'], 'quay.io/coreos/etcd:v3.5.21', 'etcd'],
    [['--name=x'], 'rancher/hardened-etcd:v3.5.21-k3s1', 'etcd'],
    [[], 'localhost:5000/kube-apiserver-arm64@sha256:0123', 'kube-apiserver'],
    [['scheduler', '--v=2'], 'k8s.gcr.io/hyperkube-amd64:v1.15.1', 'kube-scheduler'],
    [['--v=2'], 'example.org/scheduler:v1', null],
    [['--v=2'], '', null],
  ])('without a command, given %j to %s, is %s', (argv, image, component) =>
    expect(componentOf({ argv, hasCommand: false, image })).toBe(component),
  );

  it.each([
    ['kubeadm-etcd.yaml', null, 'etcd', '3.5.15-0'],
    ['go-runner.yaml', 'kube-apiserver', 'kube-apiserver', 'v1.29.8'],
    ['hyperkube.yaml', null, 'kube-apiserver', 'v1.18.20'],
    ['json.json', null, 'kube-proxy', 'v1.30.4'],
  ])('in %s (container %s) is %s %s', (file, name, component, version) => {
    const container = good(readContainer(good(readPod(fixture(file), PATH)), name));
    expect(runningComponent(container)).toMatchObject({ component, version });
  });

  it.each([
    ['several-containers.yaml', 'kms-plugin'],
    ['repeated-flags.yaml', null],
  ])('in %s (container %s) is none of the catalogue', (file, name) => {
    const container = good(readContainer(good(readPod(fixture(file), PATH)), name));
    expect(runningComponent(container)).toBeNull();
  });
});

describe('who only tells something about a component', () => {
  it.each([
    [['sh', '-c', 'x'], 'registry.k8s.io/kube-scheduler:v1.34.2', 'x', 'kube-scheduler'],
    [['/start.sh'], 'example.org/x:1', 'kube-apiserver', 'kube-apiserver'],
    [['kube-scheduler'], 'registry.k8s.io/etcd:3.5.21-0', 'etcd', 'kube-scheduler'],
    [['/kube-vip'], 'example.org/scheduler:1', 'scheduler', null],
  ])('takes %j of %s, named %s, for %s', (argv, image, name, component) =>
    expect(likelyComponent({ argv, hasCommand: true, image }, name)).toBe(component),
  );

  it.each([
    [['/usr/bin/kubelet', '--v=2'], 'kubelet'],
    [['/hyperkube', 'proxy'], 'kube-proxy'],
    [['grep', 'kube-apiserver'], null],
    [['/go-runner', '--log-file=/l', '/usr/local/bin/kube-apiserver'], null],
  ])('takes the process %j for %s', (argv, component) =>
    expect(componentOfProcess(argv)).toBe(component),
  );
});
