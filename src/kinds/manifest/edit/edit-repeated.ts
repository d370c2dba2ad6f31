import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { ItemValue, LiveItem } from '../../../model/item.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { FlagToken } from '../flags/token.ts';
import { writeBefore } from '../flags/flag-before.ts';
import type { FlagBefore } from '../flags/flag-before.ts';
import { changedSegment, newSegment, segmentNames, segmentValue } from '../flags/flag-segments.ts';
import type { SegmentTarget } from '../flags/flag-segments.ts';
import { itemBefore } from '../flags/item-before.ts';
import { indexBetween, neighboursOf } from '../flags/neighbours.ts';
import { putBack } from './put-back.ts';
import type { Sureness } from './put-back.ts';
import { refusal } from '../../../structured/refusal.ts';
import { homeOf } from '../flags/repeated-flag.ts';
import type { Occurrence, RepeatedFlag } from '../flags/repeated-flag.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { insertFlag, removeFlag, replaceValue } from './write-flag.ts';

type Change = Result<{ readonly sureness: Sureness; readonly splice: TextSplice | null }>;

/** Live value of a part of a flag whose occurrences add up, and what restores it. */
export function observeRepeated(
  line: CommandLine,
  flag: RepeatedFlag,
  target: SegmentTarget,
): Result<LiveItem> {
  const home = homeOf(line, flag, target);
  if (!home.ok) return home;
  const index = home.value?.occurrence ?? flag.occurrences.length - 1;
  const touched = flag.occurrences[index];
  const parts = touched?.parts ?? [];
  const found = home.value === null ? null : (parts[home.value.part] ?? null);
  const names = segmentNames(parts, target.form);
  const around = neighboursOf(names, home.value?.part ?? names.length);
  // A new occurrence of an array has no item before it.
  const isNew = found === null && flag.by === 'occurrences';
  const before: Omit<FlagBefore, 'version'> = {
    item: touched === undefined || isNew ? null : itemBefore(line, touched.token),
    segment: { text: found, ...around },
    ...(isNew ? {} : { occurrence: { index, of: flag.occurrences.length } }),
  };
  const value = found === null ? null : segmentValue(found, target);
  return ok({ value, before: writeBefore(before) });
}

/** The splice that sets a part: in the occurrence that has it, else in the last one, or as a new one of an array. */
export function setRepeated(
  line: CommandLine,
  flag: RepeatedFlag,
  target: SegmentTarget,
  value: ItemValue,
): Change {
  const home = homeOf(line, flag, target);
  if (!home.ok) return home;
  if (home.value === null) {
    if (value === null) return splice(null);
    const others = flag.occurrences.flatMap((one) => one.parts);
    const part = newSegment(target, value, others);
    const last = flag.occurrences.at(-1);
    if (flag.by === 'parts' && last !== undefined)
      return rewritten(line, last, [...last.parts, part]);
    const added = insertFlag(line, `--${flag.name}=${part}`);
    return added.ok ? splice(added.value) : added;
  }
  const { occurrence, part } = home.value;
  const held = flag.occurrences[occurrence];
  const text = held?.parts[part];
  if (held === undefined || text === undefined) return splice(null);
  if (value === null) return withoutPart(line, flag, held, part);
  if (segmentValue(text, target) === value) return splice(null);
  return rewritten(line, held, held.parts.with(part, changedSegment(target, value, text)));
}

/** The splice that puts a part back where it was, as long as the occurrences are those that there were (else SP2017). */
export function restoreRepeated(
  line: CommandLine,
  flag: RepeatedFlag,
  target: SegmentTarget,
  before: FlagBefore,
): Change {
  const home = homeOf(line, flag, target);
  if (!home.ok) return home;
  const was = before.segment?.text ?? null;
  const held = home.value === null ? null : (flag.occurrences[home.value.occurrence] ?? null);
  if (held !== null && home.value !== null) {
    if (was === null) return withoutPart(line, flag, held, home.value.part, before);
    return rewritten(line, held, held.parts.with(home.value.part, was), before);
  }
  if (was === null || before.segment === undefined) return splice(null);
  if (flag.by === 'occurrences' && before.item !== null) {
    return putBack(line, before.item, null, before.item);
  }
  const { occurrence } = before;
  const place = occurrence === undefined ? undefined : flag.occurrences[occurrence.index];
  if (place === undefined || occurrence?.of !== flag.occurrences.length) {
    const what = `--${flag.name} is not given as often as it was when "${target.part}" was taken out`;
    const help = 'put it back by hand, then release it';
    return fail(refusal('SP2017', line.container.source.path, what, help));
  }
  const { index, sure } = indexBetween(segmentNames(place.parts, target.form), before.segment);
  const change = rewritten(line, place, place.parts.toSpliced(index, 0, was), before);
  return change.ok ? ok({ ...change.value, sureness: sure ? 0 : 2 }) : change;
}

/** An occurrence of an array is one part; of a list, the last part stays, so that the other occurrences keep their numbers. */
function withoutPart(
  line: CommandLine,
  flag: RepeatedFlag,
  held: Occurrence,
  part: number,
  before?: FlagBefore,
): Change {
  if (flag.by === 'occurrences') {
    const removed = removeFlag(line, held.token);
    return removed.ok ? splice(removed.value) : removed;
  }
  if (held.parts.length > 1) return rewritten(line, held, held.parts.toSpliced(part, 1), before);
  return fail(onlyPart(line, held.token));
}

function onlyPart(line: CommandLine, { item, name }: FlagToken) {
  const { path, text } = line.container.source;
  const what = `one of several --${name} would be left without a value`;
  const help = 'remove that item by hand, or write the flag once';
  return refusal('SP2017', { path, text, offset: item.start }, what, help);
}

function rewritten(
  line: CommandLine,
  { token }: Occurrence,
  parts: readonly string[],
  before?: FlagBefore,
): Change {
  const item = before?.item ?? null;
  return splice(replaceValue(line, token, parts.join(','), item === null ? [] : [item]));
}

function splice(change: TextSplice | null): Change {
  return ok({ sureness: 0, splice: change });
}
