import type { Kind } from '../../kinds/kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

type Items = ManagedFile['items'];

export interface RestoredItemsQuestion {
  readonly managed: Pick<ManagedFile, 'path' | 'items'>;
  /** What was recorded just before the run whose files go back; null: the file was not managed then. */
  readonly earlier: Pick<ManagedFile, 'items'> | null;
  readonly after: FileImage;
  readonly kind: Pick<Kind, 'observe'>;
}

/**
 * What is recorded of a file's items once all of it goes back: each has been applied with the value of then, so that a restore is no
 * drift and the original still returns when its plan goes. What somebody else had set by then stays theirs. What nobody owned
 * then is as the file has it. Pure.
 */
export function restoredItems({ managed, earlier, after, kind }: RestoredItemsQuestion): Items {
  const entries = Object.entries(managed.items) as [ItemKey, RecordedItem][];
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const old = earlier?.items[key];
      if (old !== undefined) return [key, { ...item, applied: old.applied }];
      const seen = kind.observe(after, [key], managed.path);
      const applied = seen.ok ? (seen.value.get(key)?.value ?? null) : item.applied;
      return [key, { ...item, applied }];
    }),
  );
}
