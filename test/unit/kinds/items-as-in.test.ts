import { expect, it } from 'vitest';
import type { Kind } from '../../../src/kinds/kind.ts';
import { itemsAsIn } from '../../../src/kinds/items-as-in.ts';
import type { HostPath, ItemKey } from '../../../src/model/brand.ts';
import type { RecordedItem } from '../../../src/model/item.ts';

type Items = Readonly<Record<ItemKey, RecordedItem>>;

const IMAGE = { exists: true, bytes: Buffer.from('text'), mode: 0o644 } as const;
const PATH = '/f' as HostPath;

function items(applied: Readonly<Record<string, string | null>>): Items {
  return Object.fromEntries(
    Object.entries(applied).map(([key, value]) => [key, { label: key, applied: value }]),
  ) as unknown as Items;
}

/** A kind that finds `value` everywhere, but cannot read items called `broken`. */
function kindFinding(value: string, asked: ItemKey[][] = []): Pick<Kind, 'observe' | 'same'> {
  return {
    observe(_, keys) {
      asked.push([...keys]);
      return keys.includes('broken' as ItemKey)
        ? { ok: false, diagnostics: [] }
        : { ok: true, value: new Map(keys.map((key) => [key, { value, before: {} }])) };
    },
    same: (_, a, b) => a?.toLowerCase() === b?.toLowerCase(),
  };
}

it('all items of a file are read at once', () => {
  const asked: ItemKey[][] = [];
  const found = itemsAsIn(kindFinding('x', asked), PATH, items({ a: '1', b: '2' }), IMAGE);
  expect(found).toEqual(items({ a: 'x', b: 'x' }));
  expect(asked).toEqual([['a', 'b']]);
});

it('an item that cannot be read stays as it is recorded, and the others are as in the file', () => {
  const found = itemsAsIn(kindFinding('x'), PATH, items({ a: '1', broken: '2' }), IMAGE);
  expect(found).toEqual(items({ a: 'x', broken: '2' }));
});

it('another spelling of the same value leaves the record as it is', () => {
  expect(itemsAsIn(kindFinding('X'), PATH, items({ a: 'x' }), IMAGE)).toEqual(items({ a: 'x' }));
});

it('in a file that is not there every item is absent', () => {
  const found = itemsAsIn(kindFinding('x'), PATH, items({ a: '1' }), { exists: false });
  expect(found).toEqual(items({ a: null }));
});
