import type { HostPath, ItemKey, WorkspaceName } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { FileImage, FileState, ObservedFile } from '../../model/file-image.ts';
import { ABSENT, imageOf } from '../../model/file-image.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';

/** One file as the next plan part will find it. */
export interface WorldFile {
  readonly path: HostPath;
  readonly declared: HostPath;
  readonly linkText: string | null;
  readonly image: FileImage;
  readonly state: FileState | null;
  /** It is recorded, but its path leads to this file now: there is nothing to give anything back in. */
  readonly leadsTo?: HostPath;
}

/**
 * The host and its record as they will be after the parts planned so far: a later part of the same change set starts from
 * what an earlier one leaves behind.
 */
export interface World {
  readonly files: Map<HostPath, WorldFile>;
  /** Items of this workspace only. */
  readonly items: Map<HostPath, Map<ItemKey, RecordedItem>>;
  readonly recorded: RecordedState;
  /** How each file is recorded. */
  readonly records: Map<HostPath, Pick<ManagedFile, 'record' | 'secret'>>;
  /** Files an earlier part of this change set leaves in a known state: that is no foreign edit. */
  readonly planned: Map<HostPath, PlannedState>;
  /** Sequence number of the next item to be recorded. */
  nextSequence: number;
}

interface PlannedState {
  readonly state: FileState | null;
  /** The record's original still is exact once this change set's earlier parts have run. */
  readonly pristine: boolean;
}

export function openWorld(
  observed: readonly ObservedFile[],
  recorded: RecordedState,
  workspace: WorkspaceName,
): World {
  const files = new Map<HostPath, WorldFile>();
  for (const file of observed) {
    // A recorded file is observed under its own name, too; the declared path, which may be a link to it, comes first and stays.
    if (file.content.kind === 'refused' || files.has(file.path)) continue;
    files.set(file.path, {
      path: file.path,
      declared: file.declared,
      linkText: file.linkText,
      image: imageOf(file.content),
      state: file.content.kind === 'file' ? file.content.state : null,
    });
  }
  for (const { declared, path, linkText, content } of observed) {
    if (content.kind === 'refused' && content.code === 'not-readable') continue;
    if (declared === path || !recorded.files.has(declared) || files.has(declared)) continue;
    const nothing = { image: ABSENT, state: null };
    files.set(declared, { path: declared, declared, linkText, ...nothing, leadsTo: path });
  }
  const items = new Map<HostPath, Map<ItemKey, RecordedItem>>();
  for (const [path, managed] of recorded.files) items.set(path, itemsOf(managed, workspace));
  const records = new Map<HostPath, Pick<ManagedFile, 'record' | 'secret'>>(recorded.files);
  const planned = new Map<HostPath, PlannedState>();
  return { files, items, recorded, records, planned, nextSequence: nextSequence(recorded) };
}

/** A plan of the same name in another workspace is another plan: its items are none of ours. */
function itemsOf(managed: ManagedFile, workspace: WorkspaceName): Map<ItemKey, RecordedItem> {
  const items = Object.entries(managed.items) as [ItemKey, RecordedItem][];
  return new Map(items.filter(([, item]) => item.owner.workspace === workspace));
}

/** The file's state after an edit; owner is kept; a new file has that of its image, or `newOwner`. */
export function stateOf(
  image: FileImage,
  before: FileState | null,
  newOwner: { readonly uid: number; readonly gid: number },
): FileState | null {
  if (!image.exists) return null;
  const owner = before ?? image.owner ?? newOwner;
  return {
    sha256: sha256(image.bytes),
    size: image.bytes.length,
    mode: image.mode,
    uid: owner.uid,
    gid: owner.gid,
  };
}

/** Whether the file is not what the last run (or an earlier part of this set) leaves, bytes or mode: someone else edited it. */
export function isForeignEdit(world: World, file: WorldFile): boolean {
  const managed = world.recorded.files.get(file.path);
  if (managed === undefined) return false;
  const planned = world.planned.get(file.path);
  const expected = planned === undefined ? managed.state : planned.state;
  if (expected === null || file.state === null) return expected !== file.state;
  return expected.sha256 !== file.state.sha256 || expected.mode !== file.state.mode;
}

/** Whether the recorded original plus our own edits is all the file consists of. */
export function isPristine(world: World, file: WorldFile): boolean {
  const recorded = world.recorded.files.get(file.path)?.original.pristine ?? false;
  return (world.planned.get(file.path)?.pristine ?? recorded) && !isForeignEdit(world, file);
}

/** Lets later parts of the set see what this edit leaves behind. */
export function leaveBehind(
  world: World,
  file: WorldFile,
  image: FileImage,
  newOwner: { readonly uid: number; readonly gid: number },
): void {
  const state = stateOf(image, file.state, newOwner);
  const pristine = isPristine(world, file);
  world.files.set(file.path, { ...file, image, state });
  world.planned.set(file.path, { state, pristine });
}

/** One more than the highest sequence recorded on this host. */
export function nextSequence(recorded: RecordedState): number {
  let highest = 0;
  for (const file of recorded.files.values()) {
    for (const item of Object.values(file.items)) highest = Math.max(highest, item.sequence);
  }
  return highest + 1;
}
