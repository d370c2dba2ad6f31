import { expect, test } from 'vitest';

import type { CatalogueFile, FileFlag } from '../../../scripts/catalogue/catalogue-file.ts';
import { mergeCatalogues, withSharedGates } from '../../../scripts/generate/catalogue.ts';

function file(version: string, flags: Readonly<Record<string, FileFlag>>): CatalogueFile {
  return {
    component: 'kube-proxy',
    version,
    origin: `origin of ${version}`,
    generator: 'by hand',
    flags,
    featureGates: { AllAlpha: { stage: 'alpha', default: false, locked: false } },
    admissionPlugins: version === '1.10' ? ['NodeRestriction'] : [],
  };
}

const on: FileFlag = { type: 'bool', default: 'true' };
const off: FileFlag = { type: 'bool', default: 'false' };

test('Versions are in the order of their numbers, each with its origin', () => {
  const merged = mergeCatalogues([file('1.10', {}), file('1.9', {})]);
  expect(merged.versions).toEqual(['1.9', '1.10']);
  expect(merged.origins).toEqual(['origin of 1.9', 'origin of 1.10']);
  expect(merged.admissionPlugins).toEqual({ NodeRestriction: [[1, 1]] });
});

test('A fact that stays is there once; one that changes, goes or comes back has its versions', () => {
  const { flags } = mergeCatalogues([
    file('1.1', { stays: on, changes: on, goes: on, returns: on }),
    file('1.2', { stays: on, changes: off }),
    file('1.3', { stays: on, changes: { ...off, deprecated: 'no effect' }, returns: on }),
  ]);
  expect(flags).toEqual({
    changes: [
      ['bool', 'true', '', [0, 0]],
      ['bool', 'false', '', [1, 1]],
      ['bool', 'false', 'no effect', [2, 2]],
    ],
    goes: [['bool', 'true', '', [0, 0]]],
    returns: [
      ['bool', 'true', '', [0, 0]],
      ['bool', 'true', '', [2, 2]],
    ],
    stays: [['bool', 'true', '', [0, 2]]],
  });
});

test('Components share feature gates only where all of them are the same in the same versions', () => {
  const one = mergeCatalogues([file('1.1', {})]);
  const two = mergeCatalogues([file('1.1', {}), file('1.2', {})]);
  const texts = withSharedGates(
    new Map([
      ['kube-apiserver', one],
      ['kubelet', two],
      ['kube-proxy', one],
    ]),
  );
  expect(texts.get('kube-apiserver')?.featureGates).toEqual(one.featureGates);
  expect(texts.get('kubelet')?.featureGates).toEqual(two.featureGates);
  expect(texts.get('kube-proxy')?.featureGates).toBe('kube-apiserver');
});
