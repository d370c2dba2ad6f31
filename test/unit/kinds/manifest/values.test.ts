import { describe, expect, it } from 'vitest';
import { inspectManifest } from '../../../../src/kinds/manifest/inspect.ts';
import { itemKey, parseItemKey } from '../../../../src/kinds/manifest/flags/item-key.ts';
import type { ItemKey } from '../../../../src/model/brand.ts';
import { elements, entries, fixture, good, kind, PATH, specOf } from './manifest-rig.ts';

const KEY = 'flags/x/a' as ItemKey;

describe('equality by type', () => {
  it.each([
    ['1m0s', '60s'],
    ['1.5h', '90m'],
    ['0', '0s'],
    ['true', '1'],
    ['t', 'TRUE'],
    ['F', 'false'],
    ['-3', '-3'],
    ['1h', '1h0m0s'],
  ])('%s is %s', (a, b) => expect(kind.same(KEY, a, b)).toBe(true));

  it.each([
    ['60s', '61s'],
    ['1m', '1ms'],
    ['010', '10'],
    ['true', 'false'],
    ['Node,RBAC', 'RBAC,Node'],
    ['a', 'A'],
    ['', 'false'],
    ['1', '1s'],
    ['s', 'm'],
    ['9007199254740993', '9007199254740992'],
  ])('%s is not %s', (a, b) => expect(kind.same(KEY, a, b)).toBe(false));

  it('absent equals absent only', () => {
    expect(kind.same(KEY, null, null)).toBe(true);
    expect(kind.same(KEY, null, '')).toBe(false);
    expect(kind.same(KEY, 'false', null)).toBe(false);
  });
});

describe('item keys', () => {
  it('encode what would be taken for structure, and come back', () => {
    const part = 'k8s.io/x=50%';
    for (const form of ['element', 'entry'] as const) {
      const key = itemKey({ form, container: 'c', flag: 'f', part });
      expect(key.split('/')).toHaveLength(4);
      expect(parseItemKey(key)).toEqual({ form, container: 'c', flag: 'f', part });
    }
  });

  it('tell parts of a flag apart from the flag, which is their prefix', () => {
    const flags = { plugins: elements(['A'], ['B/C']), gates: entries({ D: 'true', E: null }) };
    const items = good(kind.desired(specOf(flags), fixture('kubeadm-kube-scheduler.yaml'), PATH));
    expect(items).toEqual([
      {
        key: 'flags/kube-scheduler/plugins/A',
        value: 'present',
        label: '--plugins[A]',
        shareable: true,
      },
      {
        key: 'flags/kube-scheduler/plugins/B%2FC',
        value: null,
        label: '--plugins[B/C]',
        shareable: true,
      },
      { key: 'flags/kube-scheduler/gates/D=', value: 'true', label: '--gates[D]' },
      { key: 'flags/kube-scheduler/gates/E=', value: null, label: '--gates[E]' },
    ]);
  });
});

describe('looking into a manifest', () => {
  it('lists flags with value and source, and says what cannot be managed', () => {
    const found = good(inspectManifest(fixture('two-items-and-bare.yaml'), null));
    expect(found.container).toBe('etcd');
    expect(found.argv).toEqual([
      'etcd',
      '-name=cp-1',
      '--data-dir',
      '/var/lib/etcd',
      '-debug',
      '--enable-v2',
    ]);
    expect(found.flags).toEqual([
      { name: 'name', value: 'cp-1', raw: '-name=cp-1' },
      { name: 'data-dir', value: '/var/lib/etcd', raw: '--data-dir\n    - /var/lib/etcd' },
      { name: 'debug', value: null, raw: '-debug' },
      { name: 'enable-v2', value: null, raw: '--enable-v2' },
    ]);
    expect(found.unsupported).toEqual([]);
  });

  it('gives sources as written', () => {
    const found = good(inspectManifest(fixture('quoted-items.yaml'), 'kube-apiserver'));
    expect(found.flags[4]).toEqual({
      name: 'client-cert-auth',
      value: '"true"',
      raw: '"--client-cert-auth=\\"true\\""',
    });
    expect(found.flags[3]?.value).toBe('café');
  });

  it('tells what declares flags that are given several times, where a plan can', () => {
    const found = good(inspectManifest(fixture('repeated-by-type.yaml'), null));
    const parts = found.flags.flatMap((flag) => (flag.parts ? [[flag.name, flag.parts]] : []));
    expect(Object.fromEntries(parts)).toEqual({
      'service-account-issuer': {
        include: ['https://new.example.org', 'https://old.example.org'],
      },
      'runtime-config': { entries: { 'api/all': 'true', 'a/v1': 'false', 'b/v1': 'true' } },
      'oidc-signing-algs': { include: ['RS256', 'ES256', 'ES512'] },
    });
    expect(found.unsupported).toEqual(['--profiling is given 2 times']);
  });

  it('lists repeated flags once, as unsupported', () => {
    const found = good(inspectManifest(fixture('repeated-flags.yaml'), null));
    expect(found.unsupported).toEqual(['--volume-tag is given 3 times']);
    expect(found.flags.map((flag) => flag.name)).toEqual(['backup-store', 'client-urls', 'v']);
  });
});
