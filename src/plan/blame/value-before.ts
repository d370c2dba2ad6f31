import type { ItemKey, PlanName } from '../../model/brand.ts';
import type { ItemValue, RecordedItem } from '../../model/item.ts';
import { isSamePlan } from '../../model/plan-key.ts';

/**
 * How an item came to its value: written; already right when it became ours or the plan began to want it, though never recorded; already right and owned by another plan; already
 * right when its own plan began to want it.
 */
export type Origin = 'set' | 'adopted' | 'moved' | 'recorded';

export interface ItemOrigin {
  readonly origin: Origin;
  /** Value that the file had before the run; absent: not known any more. */
  readonly before?: ItemValue;
  /** The plan that owned it before, when that was another. */
  readonly movedFrom?: PlanName;
}

/** What is known about an item from before the run that recorded it last. */
export interface Earlier {
  /** Its record then; `null` = nobody owned it. */
  readonly item: RecordedItem | null;
  /** What the file held; absent: no copy of it is kept, or it cannot be read. */
  readonly live?: ItemValue;
  readonly same: (key: ItemKey, a: ItemValue, b: ItemValue) => boolean;
}

/** Compares an item with what was there before the run that recorded it. */
export function itemOrigin(key: ItemKey, item: RecordedItem, earlier: Earlier): ItemOrigin {
  const before = earlier.live === undefined ? earlier.item?.applied : earlier.live;
  const moved = earlier.item !== null && !isSamePlan(earlier.item.owner, item.owner);
  const movedFrom = moved && earlier.item !== null ? { movedFrom: earlier.item.owner.plan } : {};
  if (before === undefined) return { origin: 'set', ...movedFrom };
  if (!earlier.same(key, before, item.applied)) return { origin: 'set', before, ...movedFrom };
  // Somebody set it on the host, and the plan followed: what was recorded was another value.
  const other = earlier.item === null || !earlier.same(key, earlier.item.applied, item.applied);
  if (other) return { origin: 'adopted', before, ...movedFrom };
  return { origin: moved ? 'moved' : 'recorded', before, ...movedFrom };
}
