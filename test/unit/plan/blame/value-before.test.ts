import { expect, test } from 'vitest';
import { itemOrigin } from '../../../../src/plan/blame/value-before.ts';
import type { Earlier } from '../../../../src/plan/blame/value-before.ts';

const same = (_key: string, a: string | null, b: string | null): boolean => a === b;

function item(plan: string, applied: string) {
  const owner = { workspace: 'w', plan, resource: 'r' };
  return { owner, label: '--x', before: {}, applied, run: 'R', sequence: 1 } as never;
}

function origin(earlier: Omit<Earlier, 'same'>) {
  return itemOrigin('k' as never, item('a', 'new'), { ...earlier, same });
}

test('a value that was not there is set', () => {
  expect(origin({ item: null, live: null })).toEqual({ origin: 'set', before: null });
  expect(origin({ item: item('a', 'old'), live: 'old' })).toEqual({ origin: 'set', before: 'old' });
});

test('the live value counts, not what an earlier run had applied', () => {
  expect(origin({ item: item('a', 'new'), live: 'edited' })).toEqual({
    origin: 'set',
    before: 'edited',
  });
});

test('a value that was there is adopted, moved or recorded', () => {
  expect(origin({ item: null, live: 'new' })).toEqual({ origin: 'adopted', before: 'new' });
  expect(origin({ item: item('a', 'old'), live: 'new' })).toMatchObject({ origin: 'adopted' });
  expect(origin({ item: item('a', 'new'), live: 'new' })).toMatchObject({ origin: 'recorded' });
  expect(origin({ item: item('b', 'new'), live: 'new' })).toEqual({
    origin: 'moved',
    before: 'new',
    movedFrom: 'b',
  });
});

test('a value that a new owner changes is set, and where it came from is told', () => {
  expect(origin({ item: item('b', 'old'), live: 'old' })).toEqual({
    origin: 'set',
    before: 'old',
    movedFrom: 'b',
  });
});

test('without a copy the earlier record tells, and without that nothing is claimed', () => {
  expect(origin({ item: item('a', 'old') })).toEqual({ origin: 'set', before: 'old' });
  expect(origin({ item: null })).toEqual({ origin: 'set' });
});
