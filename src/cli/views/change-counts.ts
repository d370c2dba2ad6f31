import type { ChangeSet } from '../../model/change-set.ts';
import type { ItemAction } from '../../model/item.ts';

/** Items by action, over a whole change set. */
export type ChangeCounts = Readonly<Record<ItemAction, number>>;

/** How many items each action touches. */
export function changeCounts(set: ChangeSet): ChangeCounts {
  const counts: Record<ItemAction, number> = {
    add: 0,
    change: 0,
    remove: 0,
    adopt: 0,
    move: 0,
    release: 0,
    forget: 0,
    record: 0,
  };
  for (const part of set.parts) for (const item of part.items) counts[item.action] += 1;
  return counts;
}

/** Number of things an apply would do; 0 = nothing to do. A part without items still records something. */
export function changeCount(set: ChangeSet): number {
  let count = 0;
  for (const part of set.parts) count += Math.max(1, part.items.length);
  return count;
}

/** Whether there is anything that an apply would do, or may have to: files that nobody has seen. */
export function isPending(set: ChangeSet): boolean {
  return changeCount(set) > 0 || set.meta.notObserved !== undefined;
}

/** Declared items that need nothing, also of plans that the set does not touch. */
export function unchangedCount(set: ChangeSet): number {
  return set.meta.inSync;
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
