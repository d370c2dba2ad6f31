import { kindOf } from '../../kinds/registry.ts';
import type { ItemEdit, Kind } from '../../kinds/kind.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { KindName } from '../../model/plan-file.ts';
import { mergeLines } from './three-way-merge.ts';

/** One file as it was before a run, as the run made it, and as somebody else left it: contents only. */
export interface ThreeVersions {
  readonly old: Uint8Array;
  readonly after: Uint8Array;
  readonly live: Uint8Array;
}

/** The items of the file that the run wrote, and the kind that knows what they are. */
export interface WrittenItems {
  readonly kind: KindName;
  readonly path: HostPath;
  readonly keys: readonly ItemKey[];
}

/**
 * The live content without the run's own edit; null when somebody else touched that edit, too. Lines are merged where they can
 * be: that keeps every byte. Where the kind knows parts of a file, it has the last word: each item that the run wrote must still
 * be what the run made it, and must be in the result what it was before. A flag given once more further down is an edit of our
 * item that no line shows; a flag added right beside ours is none.
 */
export function takeOutItems(
  { old, after, live }: ThreeVersions,
  { kind, path, keys }: WrittenItems,
): Uint8Array | null {
  const merged = mergeLines(after, old, live);
  // The content of a whole file is its only item: there the lines stand for items.
  if (kind === 'file' || keys.length === 0) return merged;
  const values = readerOf(kindOf(kind), path, keys);
  const wanted = values(old);
  const made = values(after);
  const found = values(live);
  if (wanted === null || made === null || found === null) return null;
  if (!agree(kindOf(kind), keys, made, found)) return null;
  const fits = (bytes: Uint8Array | null): boolean => {
    const has = bytes === null ? null : values(bytes);
    return has !== null && agree(kindOf(kind), keys, wanted, has);
  };
  if (merged !== null && fits(merged)) return merged;
  const edited = editItems(kindOf(kind), path, { old, live }, wanted);
  return fits(edited) ? edited : null;
}

/** Whether what a run wrote is in the live content what it was before the run. Lines alone cannot tell. */
export function isTakenOut(
  { old, live }: Pick<ThreeVersions, 'old' | 'live'>,
  { kind, path, keys }: WrittenItems,
): boolean {
  if (kind === 'file' || keys.length === 0) return false;
  const values = readerOf(kindOf(kind), path, keys);
  const wanted = values(old);
  const found = values(live);
  return wanted !== null && found !== null && agree(kindOf(kind), keys, wanted, found);
}

type Values = ReadonlyMap<ItemKey, { readonly value: string | null; readonly before: ItemBefore }>;
type ItemBefore = Extract<ItemEdit, { op: 'restore' }>['before'];

function readerOf(
  kind: Kind,
  path: HostPath,
  keys: readonly ItemKey[],
): (bytes: Uint8Array) => Values | null {
  return (bytes) => {
    const seen = kind.observe(imageOf(bytes), keys, path);
    return seen.ok ? seen.value : null;
  };
}

function agree(kind: Kind, keys: readonly ItemKey[], a: Values, b: Values): boolean {
  return keys.every((key) => kind.same(key, a.get(key)?.value ?? null, b.get(key)?.value ?? null));
}

/** The kind's own edit: each item back to what the old file had, nothing else changed (it proves that itself). */
function editItems(
  kind: Kind,
  path: HostPath,
  { old, live }: Pick<ThreeVersions, 'old' | 'live'>,
  wanted: Values,
): Uint8Array | null {
  const edits = [...wanted].map(([key, { before }]): ItemEdit => ({
    op: 'restore',
    key,
    before,
    original: imageOf(old),
  }));
  const edited = kind.edit(imageOf(live), edits.toReversed(), path);
  return edited.ok && edited.value.image.exists ? edited.value.image.bytes : null;
}

/** Permission bits are no part of what is compared here. */
function imageOf(bytes: Uint8Array) {
  return { exists: true, bytes, mode: 0o600 } as const;
}
