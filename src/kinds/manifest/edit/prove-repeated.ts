import { isDeepStrictEqual } from 'node:util';
import type { CommandLine } from '../flags/command-line.ts';
import type { Operation } from './edit-operation.ts';
import { isSegment } from '../flags/flag-segments.ts';
import { partIsPlanned, whatCounts } from './planned-part.ts';
import { repeatedFlag } from '../flags/repeated-flag.ts';
import type { RepeatedFlag } from '../flags/repeated-flag.ts';

/**
 * Whether a flag whose occurrences add up has its planned parts, and every other part where it was: in the same occurrence of a list, in
 * the same order of an array. `null` for other flags.
 */
export function proveRepeated(
  before: CommandLine,
  after: CommandLine,
  flag: string,
  operations: readonly Operation[],
): boolean | null {
  if (operations.some((one) => one.target.form === 'whole')) return null;
  const [old, now] = [repeatedFlag(before, flag), repeatedFlag(after, flag)];
  if (!old.ok || !now.ok) return false;
  if (old.value === null && now.value === null) return null;
  if (old.value === null || now.value === null) return false;
  const held = now.value.occurrences.flatMap(({ parts }) => parts);
  return (
    whatCounts(operations).every((one) => partIsPlanned(held, one)) &&
    isDeepStrictEqual(others(old.value, operations), others(now.value, operations))
  );
}

function others(flag: RepeatedFlag, operations: readonly Operation[]): unknown {
  const rest = flag.occurrences.map(({ parts }) =>
    parts.filter(
      (part) =>
        !operations.some(({ target }) => target.form !== 'whole' && isSegment(part, target)),
    ),
  );
  return flag.by === 'parts' ? rest : rest.flat();
}
