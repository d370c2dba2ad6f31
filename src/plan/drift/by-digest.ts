import { CONTENT_KEY, fileKind, MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { DriftFile } from '../../model/drift.ts';
import type { FileState } from '../../model/file-image.ts';
import { formatMode } from '../../model/file-mode.ts';
import type { ItemValue, RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { compareItem } from './compare-item.ts';
import { compareMetadata } from './compare-metadata.ts';

/**
 * A file of which the record keeps no copy against what was applied, as it was recorded last: by digest, mode and owner alone. Items
 * inside of such a file are not told. Pure.
 */
export function compareByDigest(managed: ManagedFile, state: FileState): DriftFile {
  const values = new Map<ItemKey, ItemValue>([
    [CONTENT_KEY, state.sha256],
    [MODE_KEY, formatMode(state.mode)],
  ]);
  const told = (Object.entries(managed.items) as [ItemKey, RecordedItem][]).filter(
    ([key]) => managed.kind === 'file' && values.has(key),
  );
  const items = told.map(([key, recorded]) =>
    compareItem({
      key,
      recorded,
      live: values.get(key),
      wanted: 'unknown',
      same: (a, b) => fileKind.same(key, a, b),
    }),
  );
  return {
    path: managed.path,
    kind: managed.kind,
    items: [...items, ...compareMetadata(managed, state)],
    otherLines: false,
    problem: null,
  };
}
