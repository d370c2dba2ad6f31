import type { Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import { hasRecordedValues } from '../../kinds/has-recorded-values.ts';
import type { ItemEdit, Kind } from '../../kinds/kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { DriftItem } from '../../model/drift.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { FileImage, FileState } from '../../model/file-image.ts';
import type { LiveItem, RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { recordedAttributes } from '../../model/recorded-state.ts';

/** A version of a file that the record keeps. */
export interface KeptVersion {
  readonly bytes: Uint8Array;
  readonly state: FileState;
}

export interface PutBackQuestion {
  readonly managed: ManagedFile;
  readonly kind: Kind;
  readonly live: { readonly image: FileImage; readonly state: FileState | null };
  /** What of it drifted and goes back. */
  readonly items: readonly DriftItem[];
  /** The newest version that was there; of a whole file the one that was applied. `null`: none is kept. */
  readonly kept: KeptVersion | null;
}

export interface PutBack {
  readonly image: FileImage;
  readonly state: FileState | null;
}

/**
 * The live file with drifted items as they are recorded; every other byte stays. A file that is gone comes back whole. Pure; fails
 * with what the kind says, or without a word when no content is kept.
 */
export function putBack(question: PutBackQuestion): Result<PutBack> {
  const { managed, live, items, kept } = question;
  const left = recordedAttributes(managed) ?? kept?.state ?? null;
  const gone = !live.image.exists;
  const keys = gone ? (Object.keys(managed.items) as ItemKey[]) : ownedKeys(items);
  const base = gone ? keptImage(kept, left?.mode) : live.image;
  const edited = base === null ? fail<FileImage>() : editedImage(question, base, keys);
  if (!edited.ok) return edited;
  if (!edited.value.exists) return ok({ image: ABSENT, state: null });
  const { bytes } = edited.value;
  const back = new Set(items.filter(({ owner }) => owner === undefined).map(({ label }) => label));
  const mode = back.has('mode') ? (left?.mode ?? edited.value.mode) : edited.value.mode;
  const holder = gone || back.has('owner') ? left : live.state;
  if (holder === null) return fail();
  const { uid, gid } = holder;
  return ok({
    image: { exists: true, bytes, mode, owner: { uid, gid } },
    state: { sha256: sha256(bytes), size: bytes.length, mode, uid, gid },
  });
}

function ownedKeys(items: readonly DriftItem[]): readonly ItemKey[] {
  return items.filter(({ owner }) => owner !== undefined).map(({ key }) => key);
}

function keptImage(kept: KeptVersion | null, mode: number | undefined): FileImage | null {
  if (kept === null) return null;
  return { exists: true, bytes: kept.bytes, mode: mode ?? kept.state.mode };
}

/**
 * Where the kept version has the value, an item returns to the very place and spelling that it had there; else, or where that does not
 * give the value, it is set as `apply` would set it.
 */
function editedImage(
  question: PutBackQuestion,
  base: FileImage,
  keys: readonly ItemKey[],
): Result<FileImage> {
  if (keys.length === 0) return ok(base);
  const { managed, kind } = question;
  const exact = edit(question, base, exactEdits(question, keys));
  if (exact.ok && hasRecordedValues(kind, managed, exact.value, keys)) return exact;
  const set = edit(
    question,
    base,
    keys.flatMap((key) => setEdit(managed.items[key], key)),
  );
  if (!set.ok) return set;
  if (hasRecordedValues(kind, managed, set.value, keys)) return set;
  const observed = kind.observe(set.value, keys, managed.path);
  return observed.ok ? fail() : observed;
}

function edit(
  { kind, managed }: PutBackQuestion,
  base: FileImage,
  edits: readonly ItemEdit[],
): Result<FileImage> {
  const edited = kind.edit(base, edits, managed.path);
  return edited.ok ? ok(edited.value.image) : edited;
}

function exactEdits(question: PutBackQuestion, keys: readonly ItemKey[]): readonly ItemEdit[] {
  const { managed, kind, kept } = question;
  const original = keptImage(kept, undefined);
  const seen =
    original === null ? new Map<ItemKey, LiveItem>() : valuesIn(kind, original, keys, managed);
  return keys.flatMap((key): readonly ItemEdit[] => {
    const item = managed.items[key];
    const was = seen.get(key);
    const same = item !== undefined && was !== undefined && kind.same(key, was.value, item.applied);
    return same ? [{ op: 'restore', key, before: was.before, original }] : setEdit(item, key);
  });
}

function valuesIn(
  kind: Kind,
  image: FileImage,
  keys: readonly ItemKey[],
  { path }: ManagedFile,
): ReadonlyMap<ItemKey, LiveItem> {
  const seen = kind.observe(image, keys, path);
  return seen.ok ? seen.value : new Map();
}

function setEdit(item: RecordedItem | undefined, key: ItemKey): readonly ItemEdit[] {
  if (item === undefined) return [];
  return [{ op: 'set', item: { key, value: item.applied, label: item.label }, ours: true }];
}
