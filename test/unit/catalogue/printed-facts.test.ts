import { describe, expect, test } from 'vitest';

import { catalogueFileText } from '../../../scripts/catalogue/catalogue-file.ts';
import { deprecationNote } from '../../../scripts/catalogue/deprecation-note.ts';
import { catalogueOf } from '../../../scripts/catalogue/printed-facts.ts';

const HEAD = {
  component: 'kube-scheduler',
  version: '1.34',
  origin: 'Go module k8s.io/kubernetes v1.34.4',
  generator: 'npm run catalogue -- kubernetes 1.34.4',
} as const;

test('What the Go programs print becomes a file, sorted, one fact a line', () => {
  const printed: unknown = JSON.parse(`{
    "admissionPlugins": ["B", "A"],
    "featureGates": [{"name": "AllBeta", "stage": "beta", "default": false, "locked": false}],
    "flags": [
      {"name": "v", "type": "Level", "default": "0", "hidden": true},
      {"name": "profiling", "type": "bool", "default": "true",
       "deprecated": "set it in a file given by --config"}
    ]
  }`);
  const file = catalogueOf(HEAD, printed as Parameters<typeof catalogueOf>[1]);
  expect(catalogueFileText(file)).toBe(`{
  "component": "kube-scheduler",
  "version": "1.34",
  "origin": "Go module k8s.io/kubernetes v1.34.4",
  "generator": "npm run catalogue -- kubernetes 1.34.4",
  "flags": {
    "profiling": {"type":"bool","default":"true","deprecated":"deprecated"},
    "v": {"type":"Level","default":"0"}
  },
  "featureGates": {
    "AllBeta": {"stage":"beta","default":false,"locked":false}
  },
  "admissionPlugins": [
    "A",
    "B"
  ]
}
`);
});

describe('Of a deprecation text the facts are kept', () => {
  test.each([
    ['Deprecated in v3.5 and will be decommissioned in v3.6', 'since 3.5; to be removed in 3.6'],
    ['It is going to be removed in 1.25 or later.', 'to be removed in 1.25 or later'],
    ["Please use '--new-name' instead", 'instead: --new-name'],
    ['Use --first or --second, one day gone', 'instead: --first or --second'],
    ["Use '--feature-gates=Name=true'", 'instead: --feature-gates=Name=true'],
    ['A no-op by now', 'no effect'],
    ['Belongs in the config file', 'belongs in the configuration file'],
    ['It was a mistake', 'deprecated'],
    ['Deprecated since 1.20: no effect', 'since 1.20; no effect'],
  ])('%s', (text, note) => {
    expect(deprecationNote(text)).toBe(note);
  });
});
