import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { FlagToken } from '../flags/token.ts';
import type { RestoreOperation, SetOperation } from './edit-operation.ts';
import { restoreRepeated, setRepeated } from './edit-repeated.ts';
import { editableFlag } from '../flags/editable-flag.ts';
import { valueBefore } from '../flags/flag-before.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import type { SegmentTarget } from '../flags/flag-segments.ts';
import type { FlagTarget } from '../flags/item-key.ts';
import { segmentsOf } from './observe-flag.ts';
import { putBack } from './put-back.ts';
import type { Sureness } from './put-back.ts';
import { repeatedFlag } from '../flags/repeated-flag.ts';
import type { RepeatedFlag } from '../flags/repeated-flag.ts';
import { isSurePlace, restoreSegment, setSegment } from './segment-edit.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { giveBack, insertFlag, removeFlag, replaceValue } from './write-flag.ts';

/** One splice of the text; `null` when there is nothing to do. `sureness` says how exact a put-back place is. */
export interface Step {
  readonly sureness: Sureness;
  readonly splice: TextSplice | null;
}

/** The splice that sets an item. Fails with SP2015–SP2018, SP2021, SP2022. */
export function setStep(line: CommandLine, operation: SetOperation): Result<Step> {
  const { target, value } = operation;
  const repeated = repeatedPart(line, target);
  if (!repeated.ok) return repeated;
  if (repeated.value !== null) {
    return setRepeated(line, repeated.value.flag, repeated.value.target, value);
  }
  const flag = editableFlag(line, target.flag);
  if (!flag.ok) return flag;
  if (target.form === 'whole') {
    if (value === null) return flag.value === null ? nothing() : sure(removeFlag(line, flag.value));
    return flag.value === null
      ? sure(insertFlag(line, `--${target.flag}=${value}`))
      : splice(replaceValue(line, flag.value, value));
  }
  return setPart(line, operation, target, flag.value);
}

function setPart(
  line: CommandLine,
  { value }: SetOperation,
  target: SegmentTarget,
  flag: FlagToken | null,
): Result<Step> {
  const segments = segmentsOf(line, flag, target);
  if (!segments.ok) return segments;
  const next = setSegment(segments.value, target, value);
  if (flag === null) {
    return next.length === 0
      ? nothing()
      : sure(insertFlag(line, `--${target.flag}=${next.join(',')}`));
  }
  if (next.length === 0 && segments.value.length > 0) return sure(removeFlag(line, flag));
  return splice(replaceValue(line, flag, next.join(',')));
}

/** The splice that puts an item back as recorded. Fails with SP2015–SP2018, SP2021, SP2022. */
export function restoreStep(line: CommandLine, operation: RestoreOperation): Result<Step> {
  const { target, before } = operation;
  const repeated = repeatedPart(line, target);
  if (!repeated.ok) return repeated;
  if (repeated.value !== null) {
    return restoreRepeated(line, repeated.value.flag, repeated.value.target, before);
  }
  const flag = editableFlag(line, target.flag);
  if (!flag.ok) return flag;
  const { item } = before;
  if (target.form !== 'whole') return restorePart(line, operation, target, flag.value);
  if (item === null) return flag.value === null ? nothing() : sure(removeFlag(line, flag.value));
  if (flag.value !== null) return splice(giveBack(line, flag.value, item));
  return putBack(line, item, null, placement(operation, item));
}

/** A part of a flag that has to be read over its occurrences; `null`: one occurrence is all there is to it. */
function repeatedPart(
  line: CommandLine,
  target: FlagTarget,
): Result<{ readonly flag: RepeatedFlag; readonly target: SegmentTarget } | null> {
  if (target.form === 'whole') return ok(null);
  const flag = repeatedFlag(line, target.flag);
  if (!flag.ok) return flag;
  return ok(flag.value === null ? null : { flag: flag.value, target });
}

function restorePart(
  line: CommandLine,
  operation: RestoreOperation,
  target: SegmentTarget,
  flag: FlagToken | null,
): Result<Step> {
  const { before, original } = operation;
  const segments = segmentsOf(line, flag, target);
  if (!segments.ok) return segments;
  if (before.segment === undefined) return nothing();
  const next = restoreSegment(segments.value, target, before.segment);
  const { item } = before;
  if (flag === null) {
    if (next.length === 0) return nothing();
    const value = next.join(',');
    if (item === null) return sure(insertFlag(line, `--${target.flag}=${value}`));
    return putBack(line, item, value, placement(operation, item));
  }
  // An emptied list loses its item, unless the flag was given with an empty value before.
  const wasEmpty = item !== null && valueBefore(item) === '';
  if (next.length === 0 && !wasEmpty) return sure(removeFlag(line, flag));
  const spellings = [item, original].filter((one): one is ItemBefore => one !== null);
  const change = replaceValue(line, flag, next.join(','), spellings);
  const certain =
    next.length <= segments.value.length || isSurePlace(segments.value, target, before.segment);
  return ok({ sureness: certain ? 0 : 2, splice: change });
}

/** The original file knows every neighbour; usable as long as the item stood there with the same spelling. */
function placement(operation: RestoreOperation, item: ItemBefore): ItemBefore {
  const { original } = operation;
  return original !== null &&
    original.list === item.list &&
    original.layout.form === item.layout.form
    ? original
    : item;
}

function nothing(): Result<Step> {
  return ok({ sureness: 0, splice: null });
}

function splice(change: TextSplice | null): Result<Step> {
  return ok({ sureness: 0, splice: change });
}

function sure(change: Result<TextSplice>): Result<Step> {
  return change.ok ? splice(change.value) : fail(...change.diagnostics);
}
