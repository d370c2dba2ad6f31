import type { ItemKey } from '../../../../model/brand.ts';
import { flagsNamed } from '../../flags/command-line.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { readBefore, valueBefore } from '../../flags/flag-before.ts';
import type { FlagBefore } from '../../flags/flag-before.ts';
import { isSegment } from '../../flags/flag-segments.ts';
import { parseItemKey } from '../../flags/item-key.ts';
import type { BeforeOf } from './extra-volumes.ts';

/** Whether an item stands as it did before management: setpoint only adopted it. What is not known was changed. */
export function isAdopted(key: ItemKey, line: CommandLine, beforeOf: BeforeOf): boolean {
  const target = parseItemKey(key);
  const before = beforeAt(key, beforeOf);
  if (target === null || before === null) return false;
  const values = flagsNamed(line, target.flag).map(
    ({ value, follower }) => value ?? follower?.text ?? 'true',
  );
  if (target.form === 'whole') {
    const was = before.item === null ? null : (valueBefore(before.item) ?? 'true');
    return values.length === 1 && values[0] === was;
  }
  const parts = values.flatMap((value) => [value, ...value.split(',')]);
  const now = parts.find((part) => isSegment(part, target));
  const was = before.segment === undefined ? null : before.segment.text;
  return (now ?? null) === was;
}

/** The item that held a flag before management, as it was written; `null`: there was none. */
export function textBefore(keys: readonly ItemKey[], beforeOf: BeforeOf): string | null {
  const items = keys.flatMap((key) => beforeAt(key, beforeOf)?.item ?? []);
  const [first] = items;
  return first?.text ?? null;
}

function beforeAt(key: ItemKey, beforeOf: BeforeOf): FlagBefore | null {
  const json = beforeOf(key);
  return json === undefined ? null : readBefore(json);
}
