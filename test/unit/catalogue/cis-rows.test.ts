import { kubernetesMinor } from '../../../src/catalogue/image-version.ts';
import { describe, expect, it } from 'vitest';
import { flagOfAnyVersion } from '../../../src/catalogue/find-catalogue.ts';
import { BENCHMARK } from './benchmark-rows.ts';
import { CIS_ROWS, findRow, rowsOf, versionsWith } from '../../../src/catalogue/cis/rows.ts';
import { CIS_VERSIONS, cisVersionFor } from '../../../src/catalogue/cis/versions.ts';

function idsOf(version: (typeof CIS_VERSIONS)[number]): readonly string[] {
  return rowsOf(version).map(({ id }) => id);
}

function added(a: readonly string[] = [], b: readonly string[] = []): readonly string[] {
  return b.filter((id) => !a.includes(id));
}

describe('the rows of the benchmark', () => {
  it('are there once in each version', () => {
    for (const version of CIS_VERSIONS) {
      const ids = idsOf(version);
      expect([...new Set(ids)]).toEqual(ids);
    }
    expect(CIS_VERSIONS.map((version) => idsOf(version).length)).toEqual([59, 59, 62, 61, 61, 1]);
  });

  it('differ between versions as the benchmark does', () => {
    const [old, next, eleven, twelve, two] = CIS_VERSIONS.map(idsOf);
    expect(added(old, next)).toEqual([]);
    expect(added(next, eleven)).toEqual(['1.2.30', '4.2.14', '4.2.15']);
    expect(added(twelve, eleven)).toEqual(['4.2.15']);
    expect(two).toEqual(twelve);
    expect(versionsWith('1.2.30')).toEqual(['cis-1.11', 'cis-1.12', 'cis-2.0']);
    expect(findRow('cis-1.10', '1.2.30')).toBeNull();
  });

  it('are all that the benchmark has of flags, each about its component and its flags', () => {
    const own = CIS_ROWS.map(({ id, component, demands }) =>
      [id, component, demands.map(({ flag }) => flag).join(' ')].join(': '),
    );
    const wanted = BENCHMARK.map((row) => row.join(': '));
    expect(wanted.filter((row) => !own.includes(row))).toEqual([]);
    expect(own.filter((row) => !wanted.includes(row))).toEqual([]);
  });

  it('read flags by the type that the catalogue has for them', () => {
    const types = CIS_ROWS.flatMap(({ id, component, demands }) =>
      demands.map(({ flag, type }) => {
        const known = flagOfAnyVersion(component, flag);
        const names = { array: 'files', other: 'string' } as const;
        const wanted =
          known === null
            ? null
            : known.type === 'array' || known.type === 'other'
              ? names[known.type]
              : known.type;
        return { id, flag, type, wanted };
      }),
    );
    expect(types.filter(({ type, wanted }) => wanted !== null && type !== wanted)).toEqual([]);
    // A directive of the unit, no flag.
    const unknown = types.filter(({ wanted }) => wanted === null);
    expect(unknown.map(({ flag }) => flag)).toEqual(['IPAddressDeny']);
  });

  it('name flags without dashes, and say what to do in a line', () => {
    const flags = CIS_ROWS.flatMap(({ demands }) => demands.map(({ flag }) => flag));
    expect(flags.filter((flag) => !/^[A-Za-z][A-Za-z-]*$/.test(flag))).toEqual([]);
    expect(CIS_ROWS.filter(({ demands }) => demands.length === 0)).toEqual([]);
    expect(CIS_ROWS.filter(({ title }) => title.length > 72)).toEqual([]);
    expect(CIS_ROWS.filter(({ remedy }) => /\n|\.$/.test(remedy))).toEqual([]);
  });
});

describe('the version for a Kubernetes', () => {
  it('follows kube-bench', () => {
    const versions = [24, 27, 28, 29, 31, 32, 34, 35, 36].map(cisVersionFor);
    expect(versions.map((one) => one.slice(4))).toEqual(
      '1.9 1.9 1.10 1.11 1.11 1.12 1.12 2.0 2.0'.split(' '),
    );
  });

  it('is in the tag of the image, where it tells', () => {
    expect(kubernetesMinor('registry.k8s.io/kube-apiserver:v1.31.4')).toBe(31);
    expect(kubernetesMinor('localhost:5000/kube-apiserver:v1.34.1@sha256:abc')).toBe(34);
    expect(kubernetesMinor('rancher/hardened-kubernetes:v1.32.1-rke2r1-build1')).toBe(32);
    expect(kubernetesMinor('kube-apiserver:latest')).toBeNull();
    expect(kubernetesMinor('registry.k8s.io/kube-apiserver@sha256:abc')).toBeNull();
    expect(kubernetesMinor('localhost:1.31/kube-apiserver')).toBeNull();
  });
});
