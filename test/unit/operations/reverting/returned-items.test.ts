import { expect, it } from 'vitest';
import type { ItemKey } from '../../../../src/model/brand.ts';
import type { ManagedFile } from '../../../../src/model/recorded-state.ts';
import { returnedItems } from '../../../../src/operations/reverting/returned-items.ts';

type Items = ManagedFile['items'];

/** What matters of a record: who owns it, what was applied, by which run. */
function items(records: Readonly<Record<string, readonly [applied: string, run: string]>>): Items {
  const owner = { workspace: 'platform', plan: 'app', resource: 'conf' };
  const entries = Object.entries(records).map(([key, [applied, run]]) => {
    return [key, { owner, label: key, before: {}, applied, run, sequence: 1 }];
  });
  return Object.fromEntries(entries) as Items;
}

function back(before: Items, after: Items, now: Items = after): Items {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return returnedItems(
    { keys: keys as readonly string[] as readonly ItemKey[], before, after },
    now,
  );
}

it('what the run changed has been applied with its earlier value, by the run that is there', () => {
  expect(back(items({ a: ['1', 'R1'] }), items({ a: ['2', 'R2'] }))).toEqual(
    items({ a: ['1', 'R2'] }),
  );
});

it('what the run began to own is let go, and what it gave back is owned again', () => {
  expect(back(items({ a: ['1', 'R1'] }), items({ b: ['2', 'R2'] }))).toEqual(
    items({ a: ['1', 'R1'] }),
  );
});

it('a value that came back when a later run was taken back is let go as well', () => {
  const made = items({ a: ['3', 'R1'] });
  expect(back(items({}), made, items({ a: ['3', 'R2'] }))).toEqual({});
});

it('what was recorded later stays', () => {
  const now = items({ a: ['3', 'R3'], b: ['9', 'R3'] });
  expect(back(items({ a: ['1', 'R1'] }), items({ a: ['2', 'R2'] }), now)).toEqual(now);
});
