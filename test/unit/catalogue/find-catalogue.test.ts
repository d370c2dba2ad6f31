import { expect, test } from 'vitest';

import { findCatalogue, knownVersions } from '../../../src/catalogue/find-catalogue.ts';

test('A version is found by its minor, however an image tag spells the patch', () => {
  const catalogue = findCatalogue('etcd', '3.4');
  expect(catalogue?.version).toBe('3.4');
  for (const tag of ['v3.4.13', '3.4.13-0', '3.4.13+1', '3.4_1']) {
    expect(findCatalogue('etcd', tag)).toBe(catalogue);
  }
});

test('What is no version, or one that the catalogue has not, is not found', () => {
  for (const tag of ['', 'latest', 'v3', '3.x', '33.4', '3.04', '3.45', 'sha256:3.4']) {
    expect(findCatalogue('etcd', tag)).toBeNull();
  }
  expect(knownVersions('etcd')).toContain('3.4');
});

test('etcd says yes or no by booleans and takes the last of lists that repeat', () => {
  const flags = findCatalogue('etcd', '3.4')?.flags;
  expect(flags?.get('client-cert-auth')).toEqual({
    name: 'client-cert-auth',
    type: 'bool',
    repeat: 'replace',
    goType: 'bool',
    default: 'false',
  });
  expect(flags?.get('listen-client-urls')).toMatchObject({ type: 'list', repeat: 'replace' });
});

test('kube-apiserver: booleans, lists that append, arrays that keep every one, maps that merge', () => {
  const flags = findCatalogue('kube-apiserver', '1.34')?.flags;
  const kinds = {
    'anonymous-auth': { type: 'bool', repeat: 'replace', default: 'true' },
    profiling: { type: 'bool', repeat: 'replace', default: 'true' },
    'audit-log-maxage': { type: 'int', repeat: 'replace', default: '0' },
    'request-timeout': { type: 'duration', repeat: 'replace', default: '1m0s' },
    'enable-admission-plugins': { type: 'list', repeat: 'append', default: '[]' },
    'service-account-key-file': { type: 'array', repeat: 'append', default: '[]' },
    'feature-gates': { type: 'map', repeat: 'merge', default: '' },
    'goaway-chance': { type: 'float', repeat: 'replace', default: '0' },
    'bind-address': { type: 'other', repeat: 'replace', default: '0.0.0.0' },
  };
  for (const [name, kind] of Object.entries(kinds)) {
    expect(flags?.get(name)).toMatchObject({ name, ...kind });
  }
});

test('Minors differ: in flags that came, and in defaults', () => {
  const older = findCatalogue('kubelet', '1.34')?.flags.get('fail-cgroupv1');
  const newer = findCatalogue('kubelet', '1.35')?.flags.get('fail-cgroupv1');
  expect([older?.default, newer?.default]).toEqual(['false', 'true']);
  expect(findCatalogue('kube-apiserver', '1.34')?.flags.has('min-compatibility-version')).toBe(
    false,
  );
  expect(findCatalogue('kube-apiserver', '1.35')?.flags.has('min-compatibility-version')).toBe(
    true,
  );
});

test('A deprecated flag says so, and what to use instead', () => {
  const flags = findCatalogue('kube-apiserver', '1.34')?.flags;
  expect(flags?.get('admission-control')?.deprecated).toBe(
    'instead: --enable-admission-plugins or --disable-admission-plugins',
  );
  expect(flags?.get('enable-admission-plugins')).not.toHaveProperty('deprecated');
});

test('Admission plugins are those of kube-apiserver; feature gates have stage, default and lock', () => {
  const catalogue = findCatalogue('kube-apiserver', 'v1.34.4');
  expect(catalogue?.admissionPlugins).toEqual(
    expect.arrayContaining(['NodeRestriction', 'EventRateLimit', 'AlwaysPullImages']),
  );
  expect(catalogue?.admissionPlugins).not.toContain('PodSecurityPolicy');
  expect(findCatalogue('kube-scheduler', '1.34')?.admissionPlugins).toEqual([]);
  expect(catalogue?.featureGates.get('APIServerTracing')).toEqual({
    name: 'APIServerTracing',
    stage: 'ga',
    default: true,
    locked: true,
  });
  expect(findCatalogue('kubelet', '1.34')?.featureGates.get('ContextualLogging')).toMatchObject({
    stage: 'beta',
    default: true,
  });
});
