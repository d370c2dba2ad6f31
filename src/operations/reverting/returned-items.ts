import type { ItemKey } from '../../model/brand.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import type { RunVersions } from './run-versions.ts';

type Items = ManagedFile['items'];

/**
 * What is recorded of a file's items once a run is taken back: what the run began to own is let go, what it gave back is owned
 * again, what it changed has been applied with its earlier value. What was recorded about an item later stays. Pure.
 */
export function returnedItems(
  { keys, before, after }: Pick<RunVersions, 'keys' | 'before' | 'after'>,
  now: Items,
): Items {
  const items = new Map(Object.entries(now) as [ItemKey, RecordedItem][]);
  for (const key of keys) {
    const [old, made, current] = [before[key], after[key], now[key]];
    if (!sameRecord(current, made)) continue;
    if (old === undefined) items.delete(key);
    else items.set(key, current === undefined ? old : { ...current, applied: old.applied });
  }
  return Object.fromEntries(items);
}

/** Whichever run applied it: taking a later one back gives the item its value again, and the text of that value goes. */
function sameRecord(a: RecordedItem | undefined, b: RecordedItem | undefined): boolean {
  return a === undefined || b === undefined
    ? a === b
    : a.applied === b.applied && a.owner.plan === b.owner.plan;
}
