import type { DriftItem, DriftState } from '../../model/drift.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { ItemValue, RecordedItem } from '../../model/item.ts';

/** `undeclared`: its plan is here and does not want it any more. `unknown`: no plan file tells. */
export type Wanted = { readonly value: ItemValue } | 'undeclared' | 'unknown';

export interface ItemQuestion {
  readonly key: ItemKey;
  readonly recorded: RecordedItem;
  /** `undefined`: cannot be told, the file is not what it was. */
  readonly live: ItemValue | undefined;
  readonly wanted: Wanted;
  readonly same: (a: ItemValue, b: ItemValue) => boolean;
}

/** The three-way rule as `plan` has it (classify-item.ts), but the record is what the host is held against. */
export function compareItem(question: ItemQuestion): DriftItem {
  const { key, recorded, live, wanted } = question;
  return {
    key,
    label: recorded.label,
    owner: recorded.owner,
    state: stateOf(question),
    recorded: recorded.applied,
    ...(live === undefined ? {} : { live }),
    ...(typeof wanted === 'string' ? {} : { desired: wanted.value }),
    ...(wanted === 'undeclared' ? { undeclared: true as const } : {}),
  };
}

function stateOf({ recorded: { applied }, live, wanted, same }: ItemQuestion): DriftState {
  const planChanged =
    wanted === 'undeclared' || (wanted !== 'unknown' && !same(applied, wanted.value));
  if (live === undefined) return planChanged ? 'both' : 'drifted';
  if (same(applied, live)) return planChanged ? 'pending' : 'in-sync';
  // Somebody changed the host, and the plan followed: it only has to be recorded.
  if (typeof wanted !== 'string' && same(live, wanted.value)) return 'pending';
  if (planChanged) return 'both';
  return live === null ? 'vanished' : 'drifted';
}
