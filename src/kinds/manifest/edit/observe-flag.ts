import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { LiveItem } from '../../../model/item.ts';
import { BARE_VALUE } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { FlagToken } from '../flags/token.ts';
import { observeRepeated } from './edit-repeated.ts';
import { editableFlag } from '../flags/editable-flag.ts';
import { writeBefore } from '../flags/flag-before.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import { isSegment, segmentNames, segmentValue, splitSegments } from '../flags/flag-segments.ts';
import type { SegmentTarget } from '../flags/flag-segments.ts';
import type { FlagTarget } from '../flags/item-key.ts';
import { itemBefore } from '../flags/item-before.ts';
import { neighboursOf } from '../flags/neighbours.ts';
import { refusal } from '../../../structured/refusal.ts';
import { repeatedFlag } from '../flags/repeated-flag.ts';

/** Live value of an item and what restores it. Fails with SP2016–SP2018, SP2021. */
export function observeFlag(line: CommandLine, target: FlagTarget): Result<LiveItem> {
  const repeated = target.form === 'whole' ? ok(null) : repeatedFlag(line, target.flag);
  if (!repeated.ok) return repeated;
  if (repeated.value !== null && target.form !== 'whole') {
    return observeRepeated(line, repeated.value, target);
  }
  const flag = editableFlag(line, target.flag);
  if (!flag.ok) return flag;
  const item = flag.value === null ? null : itemBefore(line, flag.value);
  if (target.form === 'whole') {
    const value = flag.value === null ? null : (flag.value.value ?? BARE_VALUE);
    return ok({ value, before: writeBefore({ item }) });
  }
  return observeSegment(line, target, flag.value, item);
}

/**
 * The flag's parts when it can be edited part by part; `[]` when absent. Fails with SP2021 (bare flag, CSV quoting, or a part
 * given twice).
 */
export function segmentsOf(
  line: CommandLine,
  flag: FlagToken | null,
  target: SegmentTarget,
): Result<readonly string[]> {
  if (flag === null) return ok([]);
  const segments = flag.value === null ? null : splitSegments(flag.value);
  const twice = segments?.filter((segment) => isSegment(segment, target)).length ?? 0;
  if (segments !== null && twice < 2) return ok(segments);
  const { path, text } = line.container.source;
  const what =
    segments === null
      ? `the value of ${flag.spelled} is not a plain comma-separated list`
      : `${flag.spelled} lists "${target.part}" ${twice} times`;
  const help = 'declare the whole value of the flag instead of its parts, or correct it by hand';
  return fail(refusal('SP2021', { path, text, offset: flag.item.start }, what, help));
}

function observeSegment(
  line: CommandLine,
  target: SegmentTarget,
  flag: FlagToken | null,
  item: ItemBefore | null,
): Result<LiveItem> {
  const segments = segmentsOf(line, flag, target);
  if (!segments.ok) return segments;
  const index = segments.value.findIndex((segment) => isSegment(segment, target));
  const found = segments.value[index];
  const names = segmentNames(segments.value, target.form);
  const around = neighboursOf(names, found === undefined ? names.length : index);
  const before = { item, segment: { text: found ?? null, ...around } };
  const value = found === undefined ? null : segmentValue(found, target);
  return ok({ value, before: writeBefore(before) });
}
