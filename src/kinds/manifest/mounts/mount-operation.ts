import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import { editedKey } from '../../edited-key.ts';
import type { ItemEdit } from '../../kind.ts';
import { readPod } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { readMountBefore } from './mount-before.ts';
import type { MountEntryBefore, VolumeEntryBefore } from './mount-before.ts';
import type { MountTarget } from './mount-key.ts';
import { parseMountKey } from './mount-key.ts';
import { readMountText, readVolumeText } from './mount-value.ts';
import type { MountMeaning, VolumeWish } from './mount-value.ts';
import type { EntryList } from './pod-entries.ts';
import { readMounts, readVolumes } from './pod-mounts.ts';

type Mount = Extract<MountTarget, { form: 'mount' }>;
type Volume = Extract<MountTarget, { form: 'volume' }>;

export interface SetMount {
  readonly op: 'set-mount';
  readonly target: Mount;
  readonly wanted: MountMeaning;
  /** It is recorded as ours: what is mounted there may be another path of the host from now on. */
  readonly ours: boolean;
}

export interface SetVolume {
  readonly op: 'set-volume';
  readonly target: Volume;
  readonly wanted: VolumeWish;
}

export interface RestoreMount {
  readonly op: 'restore-mount';
  readonly target: Mount;
  /** `null`: it was not there. */
  readonly before: MountEntryBefore | null;
  /** The list stays with nothing in it. */
  readonly keepKey: boolean;
}

export interface RestoreVolume {
  readonly op: 'restore-volume';
  readonly target: Volume;
  readonly before: VolumeEntryBefore | null;
  readonly keepKey: boolean;
}

/** One edit with its key and value read. */
export type MountOperation = SetMount | SetVolume | RestoreMount | RestoreVolume;

/** Reads edits of mounts and volumes. Fails with SP2024 (key, value or record not of this format), all problems at once. */
export function readMountOperations(
  edits: readonly ItemEdit[],
  path: string,
): Result<readonly MountOperation[]> {
  const problems: Diagnostic[] = [];
  const operations = edits.flatMap((edit) => {
    const operation = edit.op === 'set' ? readSet(edit) : readRestore(edit, path);
    if (operation !== null) return [operation];
    const key = editedKey(edit);
    const help =
      'recorded state was written by another version of setpoint; release the item by hand';
    problems.push(refusal('SP2024', path, `the record of ${key} is not understood`, help));
    return [];
  });
  return problems.length > 0 ? fail(...problems) : ok(operations);
}

function readSet({ item, ours }: Extract<ItemEdit, { op: 'set' }>): MountOperation | null {
  const target = parseMountKey(item.key);
  if (target === null || item.value === null) return null;
  if (target.form === 'volume') {
    return { op: 'set-volume', target, wanted: readVolumeText(item.value) };
  }
  const wanted = readMountText(item.value);
  return wanted === null ? null : { op: 'set-mount', target, wanted, ours: ours === true };
}

function readRestore(
  edit: Extract<ItemEdit, { op: 'restore' }>,
  path: string,
): MountOperation | null {
  const target = parseMountKey(edit.key);
  const before = target === null ? null : readMountBefore(edit.before, target.form);
  if (target === null || before === null) return null;
  const keepKey = wasListed(edit.original, target, path) ?? before.listed;
  const { entry } = before;
  if (target.form === 'mount') {
    return entry?.form === 'volume'
      ? null
      : { op: 'restore-mount', target, before: entry, keepKey };
  }
  return entry?.form === 'mount' ? null : { op: 'restore-volume', target, before: entry, keepKey };
}

/** Whether the file from before management has the list; `null` when it does not tell. */
function wasListed(original: FileImage | null, target: MountTarget, path: string): boolean | null {
  const pod = original === null ? null : readPod(original, path);
  if (pod?.ok !== true) return null;
  const list: Result<EntryList> =
    target.form === 'volume' ? readVolumes(pod.value) : readMounts(pod.value, target.container);
  return list.ok ? list.value.written !== null : null;
}
