import type { HostPath, PlanName } from '../../model/brand.ts';
import type { ItemChange, ItemValue, LiveItem, RecordedItem } from '../../model/item.ts';
import type { Declaration } from './declarations.ts';

type Same = (a: ItemValue, b: ItemValue) => boolean;

/**
 * The three-way rule for one declared item: recorded (git), live (host), desired (plan file).
 * Returns `null` when all agree (in sync). What comes back is the action with its cause.
 */
export function classifyDeclared(
  declaration: Declaration,
  live: LiveItem,
  recorded: RecordedItem | undefined,
  same: Same,
): ItemChange | null {
  const desired = declaration.item.value;
  const movedFrom = previousOwner(declaration.plan, recorded);
  const base = {
    resource: declaration.resource,
    path: declaration.path,
    key: declaration.item.key,
    label: declaration.item.label,
    ...(recorded === undefined ? {} : { recorded: recorded.applied }),
    live: live.value,
    desired,
    // What was there before management is kept from the first recording on, whatever happened since.
    before: recorded?.before ?? live.before,
    ...(movedFrom === null ? {} : { movedFrom }),
  };
  if (same(live.value, desired)) {
    if (recorded === undefined) return { ...base, action: 'adopt', cause: 'pending' };
    if (movedFrom !== null) return { ...base, action: 'move', cause: 'pending' };
    return same(recorded.applied, desired) ? null : { ...base, action: 'record', cause: 'pending' };
  }
  const action = live.value === null ? 'add' : desired === null ? 'remove' : 'change';
  return { ...base, action, cause: causeOf(recorded, live.value, desired, same) };
}

function causeOf(
  recorded: RecordedItem | undefined,
  live: ItemValue,
  desired: ItemValue,
  same: Same,
): ItemChange['cause'] {
  if (recorded === undefined) return 'pending';
  const planChanged = !same(recorded.applied, desired);
  const hostChanged = !same(recorded.applied, live);
  if (planChanged && hostChanged) return 'both';
  return hostChanged ? 'drifted' : 'pending';
}

function previousOwner(plan: PlanName, recorded: RecordedItem | undefined): PlanName | null {
  if (recorded === undefined || recorded.owner.plan === plan) return null;
  return recorded.owner.plan;
}

/** An owned item that is no longer declared: given back when live is what we applied, otherwise only forgotten. */
export function classifyUndeclared(
  path: HostPath,
  key: ItemChange['key'],
  recorded: RecordedItem,
  live: LiveItem,
  same: Same,
): ItemChange {
  const ours = same(live.value, recorded.applied);
  return {
    action: ours ? 'release' : 'forget',
    resource: recorded.owner.resource,
    path,
    key,
    label: recorded.label,
    cause: ours ? 'pending' : 'drifted',
    recorded: recorded.applied,
    live: live.value,
    // For a release the value that returns is read from the edited file afterwards.
    desired: live.value,
    before: recorded.before,
  };
}
