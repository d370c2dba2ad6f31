import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ItemValue } from '../../../model/item.ts';
import { editedKey } from '../../edited-key.ts';
import type { ItemEdit } from '../../kind.ts';
import { checkFlagValue } from '../flags/check-flag.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { readContainer } from '../pod/container.ts';
import { editableFlag } from '../flags/editable-flag.ts';
import { readBefore } from '../flags/flag-before.ts';
import type { FlagBefore, ItemBefore } from '../flags/flag-before.ts';
import { parseItemKey } from '../flags/item-key.ts';
import type { FlagTarget } from '../flags/item-key.ts';
import { itemBefore } from '../flags/item-before.ts';
import { readPod } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';

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
  const lineIn = lineReader(path);
  const operations = edits.flatMap((edit): Operation[] => {
    const key = editedKey(edit);
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
    const original = originalItem(edit.original, target, before, lineIn);
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

type LineReader = (image: FileImage, container: string) => CommandLine | null;

/** Reads each command line once: all items of a file have the same original. `null` where it cannot be read. */
function lineReader(path: string): LineReader {
  const images = new Map<FileImage, Map<string, CommandLine | null>>();
  return (image, name) => {
    const lines = images.get(image) ?? new Map<string, CommandLine | null>();
    images.set(image, lines);
    const known = lines.get(name);
    if (known !== undefined) return known;
    const pod = readPod(image, path);
    const container = pod.ok ? readContainer(pod.value, name) : pod;
    const read = container.ok ? readCommandLine(container.value) : container;
    const line = read.ok ? read.value : null;
    lines.set(name, line);
    return line;
  };
}

/** A hint only: where the original cannot be read, the recorded neighbours are what there is. */
function originalItem(
  original: FileImage | null,
  target: FlagTarget,
  before: FlagBefore,
  lineIn: LineReader,
): ItemBefore | null {
  if (original === null || before.item === null) return null;
  const line = lineIn(original, target.container);
  const flag = line === null ? null : editableFlag(line, target.flag);
  if (line === null || flag === null || !flag.ok || flag.value === null) return null;
  return itemBefore(line, flag.value, Infinity);
}
