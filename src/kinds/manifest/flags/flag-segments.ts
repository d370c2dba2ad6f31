import { spelledLike } from './gate-name.ts';
import { entryName } from './item-key.ts';
import type { FlagTarget } from './item-key.ts';
import { numbered } from './neighbours.ts';

export type SegmentTarget = Exclude<FlagTarget, { form: 'whole' }>;

/**
 * The parts of a list or map flag's value, as written between commas; `[]` for the empty value. `null` when the value uses the
 * quoting of pflag's stringSlice (encoding/csv), whose commas need not separate.
 */
export function splitSegments(value: string): readonly string[] | null {
  if (value.includes('"')) return null;
  return value === '' ? [] : value.split(',');
}

/** Whether a part of the value is the target: the same element, or an entry with the same key (blanks around it ignored). */
export function isSegment(segment: string, target: SegmentTarget): boolean {
  if (target.form === 'element') return segment === target.part;
  return entryName(target.flag, segmentKey(segment)) === entryName(target.flag, target.part);
}

/** The item's value that a part stands for: `present` for an element, the text after `=` for an entry. */
export function segmentValue(segment: string, target: SegmentTarget): string {
  if (target.form === 'element') return 'present';
  const equals = segment.indexOf('=');
  return equals === -1 ? '' : segment.slice(equals + 1).trim();
}

/** Source text of a part that stands there with another value: its key keeps its spelling. */
export function changedSegment(target: SegmentTarget, value: string, standing: string): string {
  return target.form === 'element' ? target.part : `${segmentKey(standing)}=${value}`;
}

/** Source text of a new part beside others. */
export function newSegment(
  target: SegmentTarget,
  value: string,
  others: readonly string[],
): string {
  if (target.form === 'element') return target.part;
  const isGate = target.flag === 'feature-gates';
  return `${isGate ? spelledLike(target.part, others) : target.part}=${value}`;
}

/** Names by which parts remember their neighbours; values of map entries are left out. */
export function segmentNames(
  segments: readonly string[],
  form: SegmentTarget['form'],
): readonly string[] {
  return numbered(form === 'element' ? segments : segments.map(segmentKey));
}

function segmentKey(segment: string): string {
  return (segment.split('=', 1)[0] ?? '').trim();
}
