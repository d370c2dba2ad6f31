import type { ItemValue } from '../../../model/item.ts';
import type { SegmentBefore } from '../flags/flag-before.ts';
import {
  changedSegment,
  isSegment,
  newSegment,
  segmentNames,
  segmentValue,
} from '../flags/flag-segments.ts';
import type { SegmentTarget } from '../flags/flag-segments.ts';
import { indexBetween } from '../flags/neighbours.ts';

/** The parts with the target set (appended when new, in place when there), or without it for `null`. */
export function setSegment(
  segments: readonly string[],
  target: SegmentTarget,
  value: ItemValue,
): readonly string[] {
  const index = segments.findIndex((segment) => isSegment(segment, target));
  const found = segments[index];
  if (value === null) return segments.filter((_segment, at) => at !== index);
  if (found === undefined) return [...segments, newSegment(target, value, segments)];
  if (segmentValue(found, target) === value) return segments;
  return segments.with(index, changedSegment(target, value, found));
}

/** The parts with the target as it was: its old text at its old place, or absent. */
export function restoreSegment(
  segments: readonly string[],
  target: SegmentTarget,
  before: SegmentBefore,
): readonly string[] {
  const index = segments.findIndex((segment) => isSegment(segment, target));
  if (before.text === null) return segments.filter((_segment, at) => at !== index);
  if (index !== -1) return segments.with(index, before.text);
  const names = segmentNames(segments, target.form);
  return segments.toSpliced(indexBetween(names, before).index, 0, before.text);
}

/** Whether putting a part back finds a direct neighbour, so that its place is certain. */
export function isSurePlace(
  segments: readonly string[],
  target: SegmentTarget,
  before: SegmentBefore,
): boolean {
  return indexBetween(segmentNames(segments, target.form), before).sure;
}
