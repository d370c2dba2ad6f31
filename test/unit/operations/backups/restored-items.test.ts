import { expect, it } from 'vitest';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import type { ManagedFile, PlanRecord } from '../../../../src/model/recorded-state.ts';
import { restoredItems } from '../../../../src/operations/backups/restored-items.ts';

type Items = ManagedFile['items'];
type Recorded = Pick<PlanRecord, 'workspace' | 'plan'>;

const PATH = '/f' as HostPath;

function items(applied: Readonly<Record<string, string>>): Items {
  const owner = { workspace: 'platform', plan: 'app', resource: 'conf' };
  const entries = Object.entries(applied).map(([key, value]) => {
    return [key, { owner, label: key, before: {}, applied: value, run: 'R', sequence: 1 }];
  });
  return Object.fromEntries(entries) as Items;
}

/** The file that goes back has `seen` everywhere; `null`: it cannot be read. */
function restored(
  now: Items,
  earlier: Items | null,
  seen: string | null,
  plans: readonly string[] = ['app'],
): Items {
  return restoredItems({
    plans: plans.map((plan) => ({ workspace: 'platform', plan }) as Recorded),
    managed: { path: PATH, items: now },
    earlier: earlier === null ? null : { items: earlier },
    after: { exists: true, bytes: Buffer.from('text'), mode: 0o644 },
    kind: {
      observe: (_, keys: readonly ItemKey[]) =>
        seen === null
          ? { ok: false, diagnostics: [] }
          : { ok: true, value: new Map(keys.map((key) => [key, { value: seen, before: {} }])) },
      same: (_, a, b) => a === b,
    },
  });
}

it('an item has been applied with the value of then, so that a plan that goes gives back what was before it', () => {
  expect(restored(items({ a: '2' }), items({ a: '1' }), '1')).toEqual(items({ a: '1' }));
});

it('what somebody else had set by then stays theirs: it is not what was applied', () => {
  expect(restored(items({ a: '2' }), items({ a: '1' }), 'theirs')).toEqual(items({ a: '1' }));
});

it('what nobody owned then is as the file has it', () => {
  expect(restored(items({ a: '2' }), null, '0')).toEqual(items({ a: '0' }));
  expect(restored(items({ a: '2', b: '2' }), items({ b: '1' }), '0')).toEqual(
    items({ a: '0', b: '1' }),
  );
});

it('what cannot be read in the file that goes back stays as recorded', () => {
  expect(restored(items({ a: '2' }), null, null)).toEqual(items({ a: '2' }));
});

it('what a plan gave back since is its own again, as long as it is recorded', () => {
  const then = items({ a: '1', mode: '0600' });
  expect(restored(items({ a: '2' }), then, '1')).toEqual(then);
  expect(restored(items({ a: '2' }), then, '1', ['other'])).toEqual(items({ a: '1' }));
});
