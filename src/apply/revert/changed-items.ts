import type { ItemKey } from '../../model/brand.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

/** Items whose record a run changed: set, changed or given back by it. Undefined: the file was not managed, or is not any more. */
export function changedItems(
  before: ManagedFile | undefined,
  after: ManagedFile | undefined,
): readonly ItemKey[] {
  const keys = new Set([...Object.keys(before?.items ?? {}), ...Object.keys(after?.items ?? {})]);
  return ([...keys] as readonly string[] as readonly ItemKey[]).filter((key) => {
    const [a, b] = [before?.items[key], after?.items[key]];
    return a === undefined || b === undefined || a.run !== b.run || a.applied !== b.applied;
  });
}
