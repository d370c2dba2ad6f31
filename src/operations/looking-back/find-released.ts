import type { RecordChangeAt, RecordId } from '../../git/record/recorded-past.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { addressPattern, isAddressed } from '../../plan/blame/address.ts';
import type { ItemAddress } from '../../plan/blame/address.ts';
import { blamedRun, lasted } from './blamed-run.ts';
import type { ReleasedItem } from './results.ts';

/**
 * Items that an address meant once, when it means none now, each with the newest run that gave it up. Two git processes: one
 * finds the few commits where such items came or went, one reads the records before and after these.
 */
export async function findReleased(
  state: StateRepository,
  address: ItemAddress,
): Promise<readonly ReleasedItem[]> {
  const candidates = await leavings(state, address);
  const ids = candidates.flatMap(({ before, after }) =>
    [before, after].filter((id) => id !== null),
  );
  const records = await state.recordsById(ids);
  const found = new Map<string, ReleasedItem>();
  for (const change of candidates) {
    for (const item of given(change, records, address)) {
      const name = `${item.path}\0${item.key}`;
      if (!found.has(name)) found.set(name, item);
    }
  }
  return [...found.values()];
}

async function leavings(
  state: StateRepository,
  address: ItemAddress,
): Promise<readonly RecordChangeAt[]> {
  const countOf = addressPattern(address);
  const changes = await state.recordChanges({
    ...('path' in address ? { paths: [address.path] } : {}),
    ...(countOf === null ? {} : { countOf }),
  });
  const lasting = changes.filter((change) => lasted(change) && change.before !== null);
  // Of a file that was given up as a whole its last record tells all.
  return countOf === null ? lasting.filter(({ after }) => after === null).slice(0, 1) : lasting;
}

/** What the address meant before a change and no longer meant after it. */
function given(
  change: RecordChangeAt,
  records: ReadonlyMap<RecordId, ManagedFile>,
  address: ItemAddress,
): readonly ReleasedItem[] {
  const { path } = change;
  const before = itemsOf(change.before, records);
  const after = new Map(itemsOf(change.after, records));
  return before.flatMap(([key, item]) => {
    const next = after.get(key);
    if (!isAddressed(address, path, key, item)) return [];
    if (next !== undefined && isAddressed(address, path, key, next)) return [];
    const { label, owner, applied: value } = item;
    const moved = next === undefined ? {} : { movedTo: next.owner.plan };
    return [{ path, key, label, owner, value, ...moved, by: blamedRun(change) }];
  });
}

function itemsOf(
  id: RecordId | null,
  records: ReadonlyMap<RecordId, ManagedFile>,
): readonly [ItemKey, RecordedItem][] {
  const record = id === null ? undefined : records.get(id);
  return Object.entries(record?.items ?? {}) as [ItemKey, RecordedItem][];
}
