import { isDeepStrictEqual } from 'node:util';
import { BARE_VALUE, flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { Operation } from './edit-operation.ts';
import { valueBefore } from '../flags/flag-before.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import { proveRepeated } from './prove-repeated.ts';
import { isSegment, splitSegments } from '../flags/flag-segments.ts';
import { partIsPlanned, whatCounts } from './planned-part.ts';

/** Whether every planned flag has exactly its planned value in the new text. Returns what is wrong. */
export function provePlanned(
  before: CommandLine,
  after: CommandLine,
  operations: readonly Operation[],
): string[] {
  const byFlag = new Map<string, Operation[]>();
  for (const one of operations) {
    const known = byFlag.get(one.target.flag);
    if (known === undefined) byFlag.set(one.target.flag, [one]);
    else known.push(one);
  }
  return [...byFlag].flatMap(([flag, own]) => {
    const repeated = proveRepeated(before, after, flag, own);
    if (repeated !== null) return repeated ? [] : [`--${flag} would not have the planned parts`];
    const problem = proveFlag(valueOf(before, flag), valueOf(after, flag), own);
    if (flagsNamed(after, flag).length > 1) return [`--${flag} would be given twice`];
    return problem ? [] : [`--${flag} would not have the planned value`];
  });
}

function proveFlag(
  before: string | null,
  after: string | null,
  operations: readonly Operation[],
): boolean {
  const wholes = operations.filter((one) => one.target.form === 'whole');
  const setWhole = wholes.find((one) => one.op === 'set');
  if (setWhole?.op === 'set' && after !== setWhole.value) return false;
  const parts = operations.filter((one) => one.target.form !== 'whole');
  const setParts = parts.filter((one) => one.op === 'set');
  if (setWhole !== undefined)
    return setParts.every((one) => partIsPlanned(splitSegments(after ?? '') ?? [], one));
  const restored = wholes.find((one) => one.op === 'restore');
  const base = restored?.op === 'restore' ? valueIn(restored.before.item) : before;
  if (parts.length === 0) return after === base;
  return (
    whatCounts(parts).every((one) => partIsPlanned(splitSegments(after ?? '') ?? [], one)) &&
    isDeepStrictEqual(otherParts(base, parts), otherParts(after, parts))
  );
}

function otherParts(value: string | null, operations: readonly Operation[]): readonly string[] {
  const targets = operations.flatMap((one) => (one.target.form === 'whole' ? [] : [one.target]));
  const segments = splitSegments(value ?? '') ?? [value ?? ''];
  return segments.filter((segment) => !targets.some((target) => isSegment(segment, target)));
}

function valueOf(line: CommandLine, flag: string): string | null {
  const [found] = flagsNamed(line, flag);
  return found === undefined ? null : (found.value ?? BARE_VALUE);
}

function valueIn(item: ItemBefore | null): string | null {
  return item === null ? null : (valueBefore(item) ?? BARE_VALUE);
}
