import type { ItemKey } from '../model/brand.ts';
import type { FileImage } from '../model/file-image.ts';
import type { ManagedFile } from '../model/recorded-state.ts';
import type { Kind } from './kind.ts';

/** Whether a file has these items as they were applied. Not where its kind cannot read them. */
export function hasRecordedValues(
  kind: Pick<Kind, 'observe' | 'same'>,
  { path, items }: Pick<ManagedFile, 'path' | 'items'>,
  image: FileImage,
  keys: readonly ItemKey[],
): boolean {
  const seen = kind.observe(image, keys, path);
  if (!seen.ok) return false;
  return keys.every((key) => {
    const item = items[key];
    const now = seen.value.get(key);
    return item !== undefined && now !== undefined && kind.same(key, now.value, item.applied);
  });
}
