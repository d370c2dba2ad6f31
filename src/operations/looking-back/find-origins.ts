import type { CopyAt, RecordChangeAt, RecordId } from '../../git/record/recorded-past.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { HostPath, ItemKey, RunId } from '../../model/brand.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { FileImage, FileState } from '../../model/file-image.ts';
import type { ItemValue, RecordedItem } from '../../model/item.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { itemOrigin } from '../../plan/blame/value-before.ts';
import { blamedRun, lasted, unknownRun } from './blamed-run.ts';
import type { BlamedItem, BlamedRun } from './results.ts';

/** An item of a managed file. */
export interface OwnedItem {
  readonly file: ManagedFile;
  readonly key: ItemKey;
  readonly item: RecordedItem;
}

/** One run's change of one file, with the file and its record from before. */
interface Origin {
  readonly change: RecordChangeAt;
  readonly record: ManagedFile | null;
  /** `null`: no copy is kept. */
  readonly image: FileImage | null;
}

/** For each item the run that recorded it last, and the value before. Three git processes, whatever the number of items. */
export async function findOrigins(
  state: StateRepository,
  owned: readonly OwnedItem[],
): Promise<readonly BlamedItem[]> {
  const paths = [...new Set(owned.map(({ file }) => file.path))];
  const changes = (await state.recordChanges({ paths })).filter(lasted);
  const byRun = newestByRun(changes);
  const needed = new Set(
    owned.flatMap(({ file, item }) => byRun.get(nameOf(file.path, item.run)) ?? []),
  );
  const origins = await readOrigins(state, [...needed]);
  const values = liveValues(owned, origins);
  return owned.map((one) => blamedItem(one, origins, values, byRun));
}

type ByRun<T> = ReadonlyMap<string, T>;

function nameOf(path: HostPath, run: RunId | null): string {
  return `${run ?? ''} ${path}`;
}

/** Newest first: a run that first recorded what others had edited is known by what it made of it. */
function newestByRun(changes: readonly RecordChangeAt[]): ByRun<RecordChangeAt> {
  const found = new Map<string, RecordChangeAt>();
  for (const change of changes) {
    const name = nameOf(change.path, blamedRun(change).run);
    if (!found.has(name)) found.set(name, change);
  }
  return found;
}

async function readOrigins(
  state: StateRepository,
  changes: readonly RecordChangeAt[],
): Promise<ByRun<Origin>> {
  const ids = changes.flatMap(({ before, after }): RecordId[] => {
    const id = before ?? after;
    return id === null ? [] : [id];
  });
  const records = await state.recordsById(ids);
  const wanted = changes.map((change) => copyBefore(change, records));
  const copies = wanted.flatMap(({ copy }) => copy ?? []);
  const bytes = await state.copiesAt(copies);
  const byCopy = new Map(copies.map((copy, i) => [copy, bytes[i] ?? null]));
  return new Map(
    wanted.map(({ change, state: fileState, copy, record }) => {
      const content = copy === null ? null : (byCopy.get(copy) ?? null);
      const image = imageOf(fileState, content);
      return [nameOf(change.path, blamedRun(change).run), { change, record, image }];
    }),
  );
}

interface Wanted {
  readonly change: RecordChangeAt;
  readonly record: ManagedFile | null;
  readonly state: FileState | null;
  readonly copy: CopyAt | null;
}

/** Where the file from before a change is kept: the copy of the commit before, or the one from before management. */
function copyBefore(change: RecordChangeAt, records: ReadonlyMap<RecordId, ManagedFile>): Wanted {
  const { path, entry } = change;
  const record = change.before === null ? null : (records.get(change.before) ?? null);
  if (record !== null) {
    const copy =
      entry.parent === null ? null : ({ section: 'files', path, commit: entry.parent } as const);
    return { change, record, state: record.state, copy };
  }
  const first = change.after === null ? undefined : records.get(change.after);
  const copy = { section: 'original', path, commit: entry.commit } as const;
  return { change, record, state: first?.original.state ?? null, copy };
}

function imageOf(state: FileState | null, bytes: Uint8Array | null): FileImage | null {
  if (state === null) return ABSENT;
  return bytes === null ? null : { exists: true, bytes, mode: state.mode };
}

/** Values of all items that one run recorded in one file: the file is read once for them. */
function liveValues(
  owned: readonly OwnedItem[],
  origins: ByRun<Origin>,
): ByRun<ReadonlyMap<ItemKey, ItemValue>> {
  const groups = new Map<string, { readonly file: ManagedFile; readonly keys: ItemKey[] }>();
  for (const { file, key, item } of owned) {
    const name = nameOf(file.path, item.run);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { file, keys: [key] });
    else group.keys.push(key);
  }
  const values = new Map<string, ReadonlyMap<ItemKey, ItemValue>>();
  for (const [name, { file, keys }] of groups) {
    const image = origins.get(name)?.image ?? null;
    if (image !== null) values.set(name, valuesIn(image, file, keys));
  }
  return values;
}

function valuesIn(
  image: FileImage,
  { kind, path }: ManagedFile,
  keys: readonly ItemKey[],
): ReadonlyMap<ItemKey, ItemValue> {
  if (!image.exists) return new Map(keys.map((key) => [key, null]));
  const observed = kindOf(kind).observe(image, keys, path);
  // What cannot be read now was recorded nevertheless: its record then says what was applied.
  if (!observed.ok) return new Map();
  return new Map([...observed.value].map(([key, { value }]) => [key, value]));
}

function blamedItem(
  { file, key, item }: OwnedItem,
  origins: ByRun<Origin>,
  values: ByRun<ReadonlyMap<ItemKey, ItemValue>>,
  byRun: ByRun<RecordChangeAt>,
): BlamedItem {
  const name = nameOf(file.path, item.run);
  const origin = origins.get(name);
  const earlier = origin?.record?.items[key] ?? null;
  const live = values.get(name)?.get(key);
  const kind = kindOf(file.kind);
  const found = itemOrigin(key, item, {
    item: earlier,
    same: (one, a, b) => kind.same(one, a, b),
    ...(live === undefined ? {} : { live }),
  });
  const runOf = (run: RunId): BlamedRun => {
    const change = byRun.get(nameOf(file.path, run));
    return change === undefined ? unknownRun(run) : blamedRun(change);
  };
  const followed = earlier !== null && found.origin !== 'set';
  return {
    path: file.path,
    key,
    label: item.label,
    owner: item.owner,
    value: item.applied,
    ...found,
    by: runOf(item.run),
    ...(followed ? { earlier: runOf(earlier.run) } : {}),
  };
}
