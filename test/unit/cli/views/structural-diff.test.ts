import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { differenceLine, structuralDiff } from '../../../../src/cli/views/structural-diff.ts';
import { setDifference } from '../../../../src/cli/views/set-difference.ts';
import type { JsonValue } from '../../../../src/model/item.ts';
import { changeSet, item, part } from '../fixture.ts';

describe('the structural difference of two JSON values', () => {
  it('names added, removed and changed places', () => {
    const before = { a: 1, gone: { x: null }, deep: { list: ['p', 'q'] } };
    const after = { a: 2, deep: { list: ['p', 'r'] }, fresh: true };
    expect(structuralDiff(before, after).map(differenceLine).sort()).toEqual([
      '+ fresh: true',
      '- gone.x: null',
      '~ a: 1 → 2',
      '~ deep.list: ["p","q"] → ["p","r"]',
    ]);
  });

  it('shows the leaves of what appears, arrays of plain values whole, other arrays by place', () => {
    const after = { deep: { argv: ['app', '^'], gates: [{ id: 'a', status: [200] }], none: {} } };
    expect(structuralDiff({ deep: {} }, after).map(differenceLine)).toEqual([
      '+ deep.argv: ["app","^"]',
      '+ deep.gates.0.id: "a"',
      '+ deep.gates.0.status: [200]',
      '+ deep.none: {}',
    ]);
  });

  it('is not confused by texts that look like its own marks', () => {
    expect(structuralDiff({ a: '\u0002[1]' }, { a: [1] }).map(differenceLine)).toEqual([
      '~ a: "\\u0002[1]" → [1]',
    ]);
  });

  it('is not confused by keys that look like marks of the library', () => {
    const found = structuralDiff({ a__added: 1 }, { a: 1, a__added: 1, __old: 2, __new: 3 });
    expect(found.map(({ path }) => path.join('.')).sort()).toEqual(['__new', '__old', 'a']);
    expect(found.every(({ before }) => before === undefined)).toBe(true);
  });

  it('is empty exactly for equal objects', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'a__added', 'b__deleted', '__old', '__new'),
      fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(values, values, (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(structuralDiff(a as JsonValue, b as JsonValue).length === 0).toBe(same);
      }),
    );
  });
});

function sorted(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('the difference between two change sets', () => {
  const shown = changeSet([part('a', { items: [item('change', '--v', '4', '2')] })]);

  it('names plan, path and item', () => {
    const now = changeSet([part('a', { items: [item('change', '--v', '6', '2')] })]);
    expect(setDifference(shown, now)).toEqual([
      '~ a./etc/kubernetes/manifests/kube-apiserver.yaml.--v: "change 4 → 2" → "change 6 → 2"',
    ]);
  });

  it('says so when only the files behind the same changes differ', () => {
    expect(setDifference(shown, shown)).toEqual([
      'the same changes, on files that were written to meanwhile',
    ]);
  });
});
