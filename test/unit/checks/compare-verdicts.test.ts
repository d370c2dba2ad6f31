import { expect, test } from 'vitest';
import { atLeastAsGood } from '../../../src/checks/compare-verdicts.ts';
import { redCheckDiagnostics } from '../../../src/checks/red-checks.ts';
import type { CheckResult } from '../../../src/model/check.ts';

function result(
  id: string,
  verdict: CheckResult['verdict'],
  phase: CheckResult['phase'] = 'revert',
): CheckResult {
  return { id, verdict, phase, attempts: 1, took: 0, detail: 'why' };
}

test('a gate that was green before must be green after the revert', () => {
  expect(atLeastAsGood([result('a', 'green')], [result('a', 'green')])).toBe(true);
  expect(atLeastAsGood([result('a', 'green')], [result('a', 'red')])).toBe(false);
  expect(atLeastAsGood([result('a', 'green')], [result('a', 'skipped')])).toBe(false);
});

test('a gate that was red or not judged before need not be green', () => {
  expect(atLeastAsGood([result('a', 'red')], [result('a', 'red')])).toBe(true);
  expect(atLeastAsGood([], [result('a', 'red')])).toBe(true);
});

test('one that became worse is enough', () => {
  const before = [result('a', 'red'), result('b', 'green')];
  expect(atLeastAsGood(before, [result('a', 'green'), result('b', 'red')])).toBe(false);
});

test('red gates and audits become diagnostics', () => {
  const results = [
    result('a', 'red', 'before'),
    result('b', 'green'),
    result('c', 'red', 'audit'),
    result('d', 'skipped'),
  ];
  expect(redCheckDiagnostics(results).map((d) => `${d.code} ${d.message}`)).toEqual([
    'SP4101 gate a is red before the change: why',
    'SP4107 audit c is red: why',
  ]);
});
