import type { PlanPart } from '../../model/change-set.ts';
import type { ItemChange } from '../../model/item.ts';

/** Whether the host changes by giving this item back; an item whose earlier value is the present one is only let go. */
export function isGivenBack({ action, live, desired }: ItemChange): boolean {
  return action === 'release' && live !== desired;
}

/** Whether a gone plan takes something away from the host; else only its records go. */
export function takesAway(part: PlanPart): boolean {
  return part.operation === 'release' && (part.items.some(isGivenBack) || part.steps.length > 0);
}
