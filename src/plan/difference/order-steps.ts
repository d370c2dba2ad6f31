import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { FileDifference } from './plan-file-change.ts';

/**
 * Execution order within a plan: files that get something first, in plan-file order; files that only lose something last,
 * the most recently recorded first (a flag goes before the file it points to).
 */
export function orderDifferences(
  differences: readonly FileDifference[],
  items: ReadonlyMap<HostPath, ReadonlyMap<ItemKey, RecordedItem>>,
): readonly FileDifference[] {
  const gaining = differences.filter((difference) => !onlyLoses(difference));
  const losing = differences.filter(onlyLoses);
  const position = new Map(losing.map((difference, index) => [difference, index]));
  const sequence = (difference: FileDifference): number => {
    const recorded = [...(items.get(difference.file.path)?.values() ?? [])];
    return Math.max(-1, ...recorded.map((item) => item.sequence));
  };
  losing.sort(
    (a, b) => sequence(b) - sequence(a) || (position.get(b) ?? 0) - (position.get(a) ?? 0),
  );
  return [...gaining, ...losing];
}

function onlyLoses(difference: FileDifference): boolean {
  return (
    difference.items.length > 0 &&
    difference.items.every(
      ({ action }) => action === 'remove' || action === 'release' || action === 'forget',
    )
  );
}
