import { isDeepStrictEqual } from 'node:util';
import type { Operation } from './edit-operation.ts';
import { isSegment, segmentValue } from '../flags/flag-segments.ts';
import type { SegmentTarget } from '../flags/flag-segments.ts';

/** Of the operations on parts of one flag those whose outcome is to be seen: what is set again is not to be as before. */
export function whatCounts(operations: readonly Operation[]): readonly Operation[] {
  const sets = operations.filter((one) => one.op === 'set');
  const restores = operations.filter(
    (one) => one.op === 'restore' && !sets.some((set) => isDeepStrictEqual(set.target, one.target)),
  );
  return [...sets, ...restores];
}

/** Whether the parts of a flag have what one of its operations is for. */
export function partIsPlanned(parts: readonly string[], operation: Operation): boolean {
  if (operation.target.form === 'whole') return true;
  const target: SegmentTarget = operation.target;
  const found = parts.filter((one) => isSegment(one, target));
  if (operation.op === 'restore') {
    const wanted = operation.before.segment?.text ?? null;
    return wanted === null ? found.length === 0 : found.length === 1 && found[0] === wanted;
  }
  if (operation.value === null) return found.length === 0;
  return found.length === 1 && segmentValue(found[0] ?? '', target) === operation.value;
}
