import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import type { CatalogueFile } from '../../../scripts/catalogue/catalogue-file.ts';
import { catalogueFileText } from '../../../scripts/catalogue/catalogue-file.ts';
import { COMPONENTS } from '../../../src/catalogue/flag-facts.ts';
import { findCatalogue, knownVersions } from '../../../src/catalogue/find-catalogue.ts';
import type { FlagType } from '../../../src/catalogue/flag-facts.ts';
import { kindOfFlag } from '../../../src/catalogue/flag-type.ts';
import { removedBefore } from '../../../src/catalogue/removed-before.ts';

const DATA = fileURLToPath(new URL('../../../src/catalogue/data', import.meta.url));
const PAGE = readFileSync(
  fileURLToPath(new URL('../../../docs/reference/catalogue.md', import.meta.url)),
  'utf8',
);
const files = COMPONENTS.flatMap((component) =>
  readdirSync(join(DATA, component)).map((name): [string, string] => [
    `${component}/${name}`,
    readFileSync(join(DATA, component, name), 'utf8'),
  ]),
);

/** Type words that have no comparison of their own, on purpose. */
const OTHER = new Set([
  'IgnoredFlag',
  '[]v1.Taint',
  'ip',
  'ipport',
  'pattern=N,...',
  'portRange',
  'quantity',
  'reserved-memory',
  'version',
]);

const DEFAULTS: Partial<Readonly<Record<FlagType, RegExp>>> = {
  bool: /=(true|false)$/,
  int: /=-?\d+$/,
  float: /=-?\d+(\.\d+)?$/,
  duration: /=-?(\d+(\.\d+)?(h|m|s|ms|µs))+$/,
};

describe.each(files)('%s', (path, text) => {
  const file = JSON.parse(text) as CatalogueFile;

  test('lies where its component and version say, and tells what printed it and how', () => {
    expect(path).toBe(`${file.component}/${file.version}.json`);
    expect(file.origin).toMatch(
      /^(Go module (k8s\.io\/kubernetes|go\.etcd\.io\/etcd\/server\/v3) v\d+\.\d+\.\d+|Debian package etcd-server 3\.4\.\S+: .+)$/,
    );
    expect(file.origin).toContain(` ${file.origin.includes('Go') ? 'v' : ''}${file.version}.`);
    expect(file.generator).toMatch(/^npm run catalogue -- (kubernetes|etcd) \d+\.\d+(\.\d+)?$/);
  });

  test('is on the reference page', () => {
    const [, release = 'none'] = / v?(\d+\.\d+\.\d+)/.exec(file.origin) ?? [];
    expect(PAGE).toContain(release);
  });

  test('is sorted, one fact a line, as the generator writes it', () => {
    expect(catalogueFileText(file)).toBe(text);
    expect(file.admissionPlugins).toEqual([...file.admissionPlugins].sort());
  });

  test('has flags of known types, with defaults that are of the type', () => {
    for (const [name, { type, default: text, deprecated = 'no effect' }] of Object.entries(
      file.flags,
    )) {
      expect(name).toMatch(/^[a-z][a-z0-9.-]*$/);
      const kind = kindOfFlag(type).type;
      expect([name, type, kind === 'other']).toEqual([name, type, OTHER.has(type)]);
      expect(`${name}=${text}`).toMatch(DEFAULTS[kind] ?? /=/);
      expect(deprecated).toMatch(/^.{4,100}[^.]$/);
    }
  });

  test('is what the look-up tells', () => {
    const catalogue = findCatalogue(file.component, file.version);
    expect(catalogue?.origin).toBe(file.origin);
    const flags = [...(catalogue?.flags.values() ?? [])].map(
      ({ name, goType, default: text, deprecated }) => [
        name,
        { type: goType, default: text, ...(deprecated === undefined ? {} : { deprecated }) },
      ],
    );
    expect(Object.fromEntries(flags)).toEqual(file.flags);
    const gates = [...(catalogue?.featureGates.values() ?? [])].map(({ name, ...gate }) => [
      name,
      gate,
    ]);
    expect(Object.fromEntries(gates)).toEqual(file.featureGates);
    expect(catalogue?.admissionPlugins).toEqual(file.admissionPlugins);
  });
});

test('The components of Kubernetes are known in the same minors, without a gap', () => {
  const versions = knownVersions('kube-apiserver');
  for (const component of COMPONENTS.filter((name) => name !== 'etcd')) {
    expect(knownVersions(component)).toEqual(versions);
  }
  const minors = versions.map((version) => Number(version.split('.')[1]));
  expect(minors).toEqual(minors.map((_, place) => (minors[0] ?? 0) + place));
});

test('The programs import what the main package of each component registers at its start, and its flags are there', () => {
  const programs = fileURLToPath(
    new URL('../../../scripts/catalogue/programs/kubernetes', import.meta.url),
  );
  for (const component of COMPONENTS.filter((one) => one !== 'etcd')) {
    const program = readFileSync(join(programs, component, 'main.go'), 'utf8');
    for (const name of ['logs/json/register', 'metrics/prometheus/clientgo'])
      expect(program).toContain(`_ "k8s.io/component-base/${name}"`);
    for (const version of knownVersions(component)) {
      const { flags, featureGates } = findCatalogue(component, version) ?? {};
      const text = flags?.get('log-text-split-stream');
      expect(text?.goType).toBe('bool');
      // The twin of a flag that the component has anyhow.
      const name = 'log-json-split-stream';
      expect([version, flags?.get(name)]).toEqual([version, { ...text, name }]);
      expect(flags?.get('log-json-info-buffer-size')).toMatchObject({
        goType: 'quantity',
        default: '0',
      });
      expect(featureGates?.get('LoggingAlphaOptions')).toMatchObject({ stage: 'alpha' });
    }
  }
});

test('Flags on the list of earlier removals are in no version', () => {
  for (const [path, text] of files) {
    const { component, flags } = JSON.parse(text) as CatalogueFile;
    const both = Object.keys(flags).filter((name) => removedBefore(component, name) !== null);
    expect([path, ...both]).toEqual([path]);
  }
});

test('All of it is small in the package', () => {
  const module = fileURLToPath(new URL('../../../src/generated/catalogue.ts', import.meta.url));
  expect(existsSync(module)).toBe(true);
  expect(readFileSync(module).length).toBeLessThan(300_000);
});
