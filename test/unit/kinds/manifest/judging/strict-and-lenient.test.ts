import { describe, expect, it } from 'vitest';
import { knownVersions } from '../../../../../src/catalogue/find-catalogue.ts';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { CatalogueRule, FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { entries, kind, manage, PATH, specOf, value } from '../manifest-rig.ts';
import { manifest } from './judging-rig.ts';

const flags = { 'log-levl': value('debug'), 'snapshot-count': value('many') };

function said(
  command: readonly string[],
  image: string,
  declared: Readonly<Record<string, FlagDeclaration>>,
  catalogue?: CatalogueRule,
): readonly string[] {
  const before = manifest(command, image);
  const spec = { ...specOf(declared), ...(catalogue === undefined ? {} : { catalogue }) };
  const found = kind.judge(spec, before, manage(before, declared).image, PATH, NOBODY_LOOKED);
  return found.map(({ code, severity }) => `${code} ${severity}`);
}

function nearest(image: string): string {
  const before = manifest(['etcd'], image);
  const flags = { name: value('x') };
  const spec = { ...specOf(flags), catalogue: 'lenient' as const };
  const [first] = kind.judge(spec, before, manage(before, flags).image, PATH, NOBODY_LOOKED);
  return /judged as etcd (\S+)/.exec(first?.message ?? '')?.[1] ?? '';
}

/** What is refused of one flag of a component, in words. */
function words(
  component: string,
  version: string,
  declared: Readonly<Record<string, FlagDeclaration>>,
): readonly string[] {
  const before = manifest([component, '--v=1'], `registry.k8s.io/${component}:${version}`);
  const found = kind.judge(
    specOf(declared),
    before,
    manage(before, declared).image,
    PATH,
    NOBODY_LOOKED,
  );
  return found.map(({ code, message, help }) => `${code} ${message.replace(/^\S+ /, '')}; ${help}`);
}

/** What to do about a feature gate that is set. */
function gate(name: string, version: string, component = 'kube-apiserver'): readonly string[] {
  const flags = { 'feature-gates': entries({ [name]: 'true' }) };
  return words(component, version, flags).map((text) => text.replace(/^.*?; /, ''));
}

describe('what differs between versions', () => {
  it('is told by the version in the image: flags and gates that went, and that come', () => {
    const gone = { 'pod-infra-container-image': value('x') };
    expect(words('kubelet', 'v1.35.0', gone)).toEqual([
      'SP2061 --pod-infra-container-image is gone from kubelet since 1.35; the manifest runs 1.35; the component would not start with it: drop the flag, or declare it as null',
    ]);
    expect(words('kubelet', 'v1.34.2', gone).join()).not.toContain('SP2061');
    const comes = { 'min-compatibility-version': value('1.34') };
    expect(words('kube-scheduler', 'v1.34.2', comes)).toEqual([
      'SP2060 kube-scheduler 1.34 has no flag --min-compatibility-version; kube-scheduler 1.35 is the first known version that has it',
    ]);
    expect(words('kube-scheduler', 'v1.35.0', comes)).toEqual([]);
  });

  it('is told of feature gates: what became of them, and never another gate by one word', () => {
    expect(gate('ComponentSLIs', 'v1.35.0')).toEqual([
      'the feature went GA in 1.32 or before, and its gate was removed in 1.35: drop the entry, the feature stays on',
    ]);
    expect(gate('AnonymousAuthConfigurableEndpoints', 'v1.37.0')).toEqual([
      'the feature went GA in 1.34, and its gate was removed in 1.37: drop the entry, the feature stays on',
    ]);
    expect(gate('LegacySidecarContainers', 'v1.34.0')).toEqual([
      'the gate was removed in 1.34: drop the entry',
    ]);
    for (const [name, done] of [
      ['PodSecurity', '1.27'],
      ['ValidatingAdmissionPolicy', '1.30'],
      ['KMSv2', '1.30'],
    ] as const) {
      expect(gate(name, 'v1.34.0', 'kube-controller-manager')).toEqual([
        `the feature was generally available in ${done} already, and its gate is gone: drop the entry, the feature stays on`,
      ]);
    }
    const unknown =
      'the component would not start with it: drop the entry, unless the name is misspelled';
    expect(gate('RotateKubeletClientCertificate', 'v1.34.0')).toEqual([unknown]);
    expect(gate('KMSv3', 'v1.34.0')).toEqual([unknown]);
    expect(gate('RotateKubeletServerCertficate', 'v1.34.0')).toEqual([
      'did you mean RotateKubeletServerCertificate?',
    ]);
  });
});

describe('judging a manifest', () => {
  it('says nothing where nothing is written: what runs with a flag takes it', () => {
    const before = manifest(['etcd', '--log-levl=debug'], 'registry.k8s.io/etcd:9.9.9');
    expect(
      kind.judge(specOf({ 'log-levl': value('debug') }), before, before, PATH, NOBODY_LOOKED),
    ).toEqual([]);
  });

  it('does not say of an older version than it knows that a flag is gone', () => {
    const before = manifest(['kube-apiserver', '--v=1'], 'registry.k8s.io/kube-apiserver:v1.22.3');
    const flags = { 'insecure-port': value('0') };
    const spec = { ...specOf(flags), catalogue: 'lenient' as const };
    const after = manage(before, flags).image;
    const told = kind.judge(spec, before, after, PATH, NOBODY_LOOKED);
    expect(told.map(({ code }) => code)).toEqual(['SP2065']);
  });

  it('refuses what the version of its image does not take', () => {
    expect(said(['etcd'], 'registry.k8s.io/etcd:3.4.23', flags)).toEqual([
      'SP2060 error',
      'SP2063 error',
    ]);
  });

  it('only warns when the resource is lenient, and says nothing when it is off', () => {
    const image = 'registry.k8s.io/etcd:3.4.23';
    expect(said(['etcd'], image, flags, 'lenient')).toEqual(['SP2060 warning', 'SP2063 warning']);
    expect(said(['etcd'], image, flags, 'off')).toEqual([]);
  });

  it.each(['registry.k8s.io/etcd:3.2.1', 'registry.k8s.io/etcd@sha256:0123', 'etcd:latest'])(
    'refuses the unknown version of %s, or judges by the nearest one',
    (image) => {
      expect(said(['etcd'], image, flags)).toEqual(['SP2064 error']);
      expect(said(['etcd'], image, flags, 'lenient')).toEqual([
        'SP2065 warning',
        'SP2060 warning',
        'SP2063 warning',
      ]);
      expect(said(['etcd'], image, flags, 'off')).toEqual([]);
    },
  );

  it('takes the lower neighbour of an unknown version, the lowest for what is below, the newest for what is not told', () => {
    const versions = knownVersions('etcd');
    expect(nearest('etcd:3.1.0')).toBe(versions[0]);
    expect(nearest('etcd:9.9.0')).toBe(versions.at(-1));
    expect(nearest('etcd:latest')).toBe(versions.at(-1));
  });

  it('says nothing of other components', () => {
    expect(said(['/kms-plugin'], 'example.org/kms-plugin:v1', flags)).toEqual([]);
  });

  it('says of what is called like a component that its start is not known, and so are its flags', () => {
    for (const [command, image] of [
      [['/wrap.sh'], 'registry.k8s.io/etcd:3.4.23'],
      [['flock', '/x'], 'etcd:latest'],
    ] as const) {
      expect(said(command, image, flags)).toEqual(['SP2075 error']);
      expect(said(command, image, flags, 'lenient')).toEqual(['SP2075 warning']);
      expect(said(command, image, flags, 'off')).toEqual([]);
    }
  });

  it('does not ask for a mount of what a flag names that the component no longer has', () => {
    const gone = { 'basic-auth-file': value('/etc/kubernetes/users.csv') };
    const here = { 'audit-policy-file': value('/etc/kubernetes/users.csv') };
    const image = 'registry.k8s.io/kube-apiserver:v1.34.2';
    const command = ['kube-apiserver', '--v=1'];
    expect(said(command, image, gone)).toEqual(['SP2061 error']);
    expect(said(command, image, here)).toEqual(['SP2084 error']);
  });

  it('does not say of an image without a version which version runs', () => {
    const before = manifest(['kube-apiserver', '--v=1'], 'registry.k8s.io/kube-apiserver:latest');
    const flags = { 'insecure-port': value('0') };
    const spec = { ...specOf(flags), catalogue: 'lenient' as const };
    const found = kind.judge(spec, before, manage(before, flags).image, PATH, NOBODY_LOOKED);
    const newest = knownVersions('kube-apiserver').at(-1);
    expect(found.map(({ message }) => message).join()).toContain(
      `--insecure-port is gone from kube-apiserver since 1.24; judged as ${newest}`,
    );
  });
});
