import { ok, type Result } from '../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../model/brand.ts';
import type { FileImage } from '../model/file-image.ts';
import type { ItemValue } from '../model/item.ts';
import type { Kind } from './kind.ts';

/** Values in a file, of all keys at once; when that fails each for itself, so that one broken container does not hide the others. */
export function observeEach(
  kind: Pick<Kind, 'observe'>,
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): ReadonlyMap<ItemKey, Result<ItemValue>> {
  const together = kind.observe(image, keys, path);
  return new Map(
    keys.map((key) => {
      const seen = together.ok ? together : kind.observe(image, [key], path);
      return [key, seen.ok ? ok(seen.value.get(key)?.value ?? null) : seen];
    }),
  );
}
