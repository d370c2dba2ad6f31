import { symlinkSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { HostPath } from '../../../../src/model/brand.ts';
import { unrunManifests } from '../../../../src/operations/planning/unrun-manifests.ts';
import { libraryHost, type LibraryHost } from '../library-session.ts';

const CONFIG = '/var/lib/kubelet/config.yaml';
const ETCD = '/etc/kubernetes/manifests/etcd.yaml';

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(ETCD, '');
});

function configure(path: string, kind = 'KubeletConfiguration'): void {
  host.write(CONFIG, `kind: ${kind}\nstaticPodPath: ${path}\n`);
}

/** What is said of a manifest that is written; `path`: where links lead. */
async function said(declared = ETCD, path = declared, write = true): Promise<readonly string[]> {
  const file = { declared: declared as HostPath, path: path as HostPath };
  const files = [{ ...file, kind: 'manifest' as const, write }];
  const found = await unrunManifests(host.session.host.root, files);
  return found.map(({ code, severity, message }) => `${code} ${severity}: ${message}`);
}

test('a manifest outside the directory that the kubelet is configured for is warned of', async () => {
  configure('/etc/kubelet.d');
  expect(await said()).toEqual([
    `SP2090 warning: ${ETCD}: the kubelet does not run it: by ${CONFIG} its static pods are in /etc/kubelet.d (staticPodPath)`,
  ]);
  expect(await said(ETCD, ETCD, false)).toEqual([]);
});

test.each([
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/manifests/',
  '../../../etc/kubernetes/manifests',
  ETCD,
])('one that %s leads to is in order', async (path) => {
  configure(path);
  expect(await said()).toEqual([]);
});

test('the kubelet looks into one directory, and nothing below it', async () => {
  configure('/etc/kubernetes');
  expect(await said()).toHaveLength(1);
});

test('links to the directory and to the file are followed', async () => {
  configure('/etc/pods');
  symlinkSync('kubernetes/manifests', host.real('/etc/pods'));
  expect(await said()).toEqual([]);
  configure('/etc/kubernetes/manifests');
  expect(await said('/etc/pods/etcd.yaml', ETCD)).toEqual([]);
  expect(await said('/etc/etcd.yaml', ETCD)).toEqual([]);
});

test('nothing is said where the kubelet is not configured by that file alone', async () => {
  expect(await said()).toEqual([]);
  configure('""');
  expect(await said()).toEqual([]);
  configure('/etc/pods', 'Something');
  expect(await said()).toEqual([]);
  configure('/etc/pods');
  const flags = 'KUBELET_KUBEADM_ARGS="--pod-manifest-path=/etc/kubernetes/manifests"\n';
  host.write('/var/lib/kubelet/kubeadm-flags.env', flags);
  expect(await said()).toEqual([]);
});
