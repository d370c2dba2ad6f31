import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ItemValue } from '../../../model/item.ts';
import type { ItemEdit } from '../../kind.ts';
import { checkFlagValue } from '../flags/check-flag.ts';
import { readCommandLine } from '../flags/command-line.ts';
import { readContainer } from '../pod/container.ts';
import { editableFlag } from '../flags/editable-flag.ts';
import { readBefore } from '../flags/flag-before.ts';
import type { FlagBefore, ItemBefore } from '../flags/flag-before.ts';
import { parseItemKey } from '../flags/item-key.ts';
import type { FlagTarget } from '../flags/item-key.ts';
import { itemBefore } from '../flags/item-before.ts';
import { readPod } from '../pod/parse-pod.ts';
import { refusal } from '../refusal.ts';

/** One edit with its key read. */
export type Operation = SetOperation | RestoreOperation;

export interface SetOperation {
  readonly op: 'set';
  readonly target: FlagTarget;
  readonly value: ItemValue;
}

export interface RestoreOperation {
  readonly op: 'restore';
  readonly target: FlagTarget;
  readonly before: FlagBefore;
  /** The flag in the file from before management, with all its neighbours; a hint for place and spelling. */
  readonly original: ItemBefore | null;
}

/** Reads edits. Fails with SP2019 (value), SP2024 (key or record not of this format), all problems at once. */
export function readOperations(
  edits: readonly ItemEdit[],
  path: string,
): Result<readonly Operation[]> {
  const problems: Diagnostic[] = [];
  const operations = edits.flatMap((edit): Operation[] => {
    const key = edit.op === 'set' ? edit.item.key : edit.key;
    const target = parseItemKey(key);
    const before = edit.op === 'restore' ? readBefore(edit.before) : null;
    if (target === null || (edit.op === 'restore' && !isComplete(target, before))) {
      const help =
        'recorded state was written by another version of setpoint; release the item by hand';
      problems.push(refusal('SP2024', path, `the record of ${key} is not understood`, help));
      return [];
    }
    if (edit.op === 'set') {
      problems.push(...checkFlagValue(path, target.flag, edit.item.value));
      return [{ op: 'set', target, value: edit.item.value }];
    }
    if (before === null) return [];
    const original = originalItem(edit.original, target, before, path);
    return [{ op: 'restore', target, before, original }];
  });
  return problems.length > 0 ? fail(...problems) : ok(operations);
}

/** Names a flag of a container, to find edits of the same one. */
export function flagOf(operation: Operation): string {
  return `${operation.target.container}/${operation.target.flag}`;
}

function isComplete(target: FlagTarget, before: FlagBefore | null): boolean {
  return before !== null && (target.form === 'whole') === (before.segment === undefined);
}

/** A hint only: where the original cannot be read, the recorded neighbours are what there is. */
function originalItem(
  original: FileImage | null,
  target: FlagTarget,
  before: FlagBefore,
  path: string,
): ItemBefore | null {
  if (original === null || before.item === null) return null;
  const pod = readPod(original, path);
  const container = pod.ok ? readContainer(pod.value, target.container) : pod;
  const line = container.ok ? readCommandLine(container.value) : container;
  const flag = line.ok ? editableFlag(line.value, target.flag) : line;
  if (!line.ok || !flag.ok || flag.value === null) return null;
  return itemBefore(line.value, flag.value, Infinity);
}
