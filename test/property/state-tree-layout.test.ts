import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyNames, copyPath, managedName, managedPath } from '../../src/git/record/tree-layout.ts';
import type { HostPath } from '../../src/model/brand.ts';

const nasty = fc.constantFrom(
  '.git',
  '.GIT',
  'git~1',
  '.gitmodules',
  'a',
  'a.json',
  'a%file',
  '%41',
  '.json',
  '...',
  'a\\b',
  '\u200d.git',
  '\ud800',
);
const component = fc
  .oneof(nasty, fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }))
  .filter((name) => !name.includes('/') && !name.includes('\0') && name !== '.' && name !== '..');
const path = fc
  .array(component, { minLength: 1, maxLength: 4 })
  .map((components) => `/${components.join('/')}` as HostPath);

test('a host path comes back from its tree names', () => {
  fc.assert(
    fc.property(path, (host) => {
      expect(managedPath(managedName(host))).toBe(host);
      expect(copyPath('files', copyNames('files', [host]).get(host)!)).toBe(host);
    }),
  );
});

test('no tree name is another one or lies beneath it, and git can store each', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 12 }), (hosts) => {
      for (const names of [hosts.map(managedName), [...copyNames('original', hosts).values()]]) {
        expect(new Set(names).size).toBe(hosts.length);
        for (const name of names) {
          expect(names.some((other) => other.startsWith(`${name}/`))).toBe(false);
          // oxlint-disable-next-line no-control-regex -- these must not occur
          expect(name).not.toMatch(/[\0-\x1f\\]|\/(?:\.{1,2}|\.git[^/]*|git~[^/]*)(?:\/|$)/i);
        }
      }
    }),
  );
});
