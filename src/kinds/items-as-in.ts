import type { HostPath, ItemKey } from '../model/brand.ts';
import type { FileImage } from '../model/file-image.ts';
import type { RecordedItem } from '../model/item.ts';
import type { Kind } from './kind.ts';

type Items = Readonly<Record<ItemKey, RecordedItem>>;

/**
 * What is recorded of a file's items where the whole file is what a person wants: each has been applied as the file has it, so it is
 * no drift. In a file that its kind cannot read they stay as they are. Pure.
 */
export function itemsAsIn(kind: Kind, path: HostPath, items: Items, image: FileImage): Items {
  const keys = Object.keys(items) as ItemKey[];
  const seen = image.exists ? kind.observe(image, keys, path) : null;
  if (seen?.ok === false) return items;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const item = items[key];
      const value = seen?.value.get(key)?.value ?? null;
      if (item === undefined) return [];
      return [[key, kind.same(key, value, item.applied) ? item : { ...item, applied: value }]];
    }),
  );
}
