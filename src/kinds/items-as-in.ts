import type { HostPath, ItemKey } from '../model/brand.ts';
import type { FileImage } from '../model/file-image.ts';
import type { RecordedItem } from '../model/item.ts';
import type { Kind } from './kind.ts';
import { observeEach } from './observe-each.ts';

type Items = Readonly<Record<ItemKey, RecordedItem>>;

/**
 * What is recorded of a file's items where the whole file is what a person wants: each has been applied as the file has it, so it is
 * no drift. What its kind cannot read stays as it is. Pure.
 */
export function itemsAsIn(
  kind: Pick<Kind, 'observe' | 'same'>,
  path: HostPath,
  items: Items,
  image: FileImage,
): Items {
  const entries = Object.entries(items) as [ItemKey, RecordedItem][];
  const keys = entries.map(([key]) => key);
  const seen = image.exists ? observeEach(kind, image, keys, path) : null;
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const found = seen?.get(key);
      if (found?.ok === false) return [key, item];
      const value = found?.value ?? null;
      return [key, kind.same(key, value, item.applied) ? item : { ...item, applied: value }];
    }),
  );
}
