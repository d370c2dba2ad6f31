import { describe, expect, test } from 'vitest';

import { removedIn } from '../../../src/catalogue/find-catalogue.ts';

describe('The version that a flag went with', () => {
  test('is told for a version that has it no more, of the catalogue', () => {
    expect(removedIn('etcd', 'debug', '3.5')).toBe('3.5');
    expect(removedIn('etcd', 'debug', '3.7.3')).toBe('3.5');
    expect(removedIn('etcd', 'enable-v2', '3.6')).toBe('3.6');
    expect(removedIn('etcd', 'experimental-corrupt-check-time', '3.7')).toBe('3.7');
    expect(removedIn('kubelet', 'pod-infra-container-image', 'v1.35.4')).toBe('1.35');
    expect(removedIn('kubelet', 'pod-infra-container-image', 'v1.34.4')).toBeNull();
  });

  test('and of the flags that went before it', () => {
    expect(removedIn('kube-apiserver', 'insecure-port', 'v1.34.2')).toBe('1.24');
    expect(removedIn('kube-apiserver', 'basic-auth-file', '1.19')).toBe('1.19');
    expect(removedIn('kube-apiserver', 'cloud-provider', '1.33')).toBe('1.33');
    expect(removedIn('kube-controller-manager', 'port', '1.30')).toBe('1.24');
    expect(removedIn('kube-scheduler', 'log-dir', '1.30')).toBe('1.26');
    expect(removedIn('kubelet', 'network-plugin', '1.30')).toBe('1.24');
  });

  test('is not told for a version that has the flag, had it still, or is older than it', () => {
    expect(removedIn('etcd', 'debug', '3.4')).toBeNull();
    expect(removedIn('etcd', 'corrupt-check-time', '3.5')).toBeNull();
    expect(removedIn('kube-apiserver', 'insecure-port', '1.23')).toBeNull();
    expect(removedIn('kube-apiserver', 'anonymous-auth', '1.34')).toBeNull();
  });

  test('is not told for a flag that nothing is known of, nor for what is no version', () => {
    expect(removedIn('kube-apiserver', 'anonymus-auth', '1.34')).toBeNull();
    expect(removedIn('kube-apiserver', 'constructor', '1.34')).toBeNull();
    expect(removedIn('kube-scheduler', 'insecure-port', '1.34')).toBeNull();
    expect(removedIn('etcd', 'debug', 'latest')).toBeNull();
  });

  test('is told for versions newer than the catalogue, which has the flag no more already', () => {
    expect(removedIn('etcd', 'debug', '3.99')).toBe('3.5');
    expect(removedIn('etcd', 'client-cert-auth', '3.99')).toBeNull();
  });
});
