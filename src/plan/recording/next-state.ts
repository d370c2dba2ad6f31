import { strictest } from '../../kinds/record-rule.ts';
import type { HostPath, ItemKey, RunId } from '../../model/brand.ts';
import type { ChangeSetMeta, FileChange, PlanPart } from '../../model/change-set.ts';
import type { FileImage, FileState } from '../../model/file-image.ts';
import type { ItemChange, RecordedItem } from '../../model/item.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { ManagedFile, PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import { heldInputs, holdFor, withStateOfOthers } from '../../model/recorded-state.ts';
import type { PlanRecordChange, StateChange, StateFileChange } from '../../model/state-change.ts';
import type { ImagePair } from '../difference/planner-input.ts';
import { executedByRecord, referencedFiles } from '../difference/referenced-files.ts';
import { nextSequence } from '../difference/world.ts';
import type { WorkspaceName } from '../../model/brand.ts';

/** What a run knows when it records: the part it executes, with bytes, and the state as loaded under the lock. */
export interface Recording {
  readonly run: RunId;
  readonly workspace: WorkspaceName;
  readonly part: PlanPart;
  readonly images: ReadonlyMap<HostPath, ImagePair>;
  readonly recorded: RecordedState;
  readonly meta: Pick<ChangeSetMeta, 'commit' | 'dirty'>;
  readonly newOwner: { readonly uid: number; readonly gid: number };
  /** Workspace files of the part, by SHA-256: those that recorded gates and actions need are recorded. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** From before management, of files that were recorded without copies. */
  readonly originals: ReadonlyMap<HostPath, Uint8Array>;
}

/** Recorded state after the run was kept. */
export function keptState(recording: Recording): StateChange {
  const { part } = recording;
  let sequence = nextSequence(recording.recorded);
  const byFile = new Map<HostPath, ItemChange[]>(part.files.map((file) => [file.path, []]));
  for (const item of part.items) byFile.get(item.path)?.push(item);
  const files = part.files.map((file) => {
    const items = nextItems(recording, file, byFile.get(file.path) ?? [], () => sequence++);
    return nextFile(recording, file, items);
  });
  return { files, plans: [ownRecord(recording), ...retired(recording)] };
}

function nextItems(
  recording: Recording,
  file: FileChange,
  changes: readonly ItemChange[],
  sequence: () => number,
): Record<ItemKey, RecordedItem> {
  const known = recording.recorded.files.get(file.path)?.items ?? {};
  const items = new Map(Object.entries(known) as [ItemKey, RecordedItem][]);
  for (const change of changes) {
    if (change.action === 'release' || change.action === 'forget') {
      items.delete(change.key);
      continue;
    }
    items.set(change.key, {
      owner: {
        workspace: recording.workspace,
        plan: recording.part.plan,
        resource: change.resource,
      },
      label: change.label,
      before: change.before,
      applied: change.desired,
      run: recording.run,
      sequence: items.get(change.key)?.sequence ?? sequence(),
    });
  }
  return Object.fromEntries(items);
}

function nextFile(
  recording: Recording,
  file: FileChange,
  items: Record<ItemKey, RecordedItem>,
): StateFileChange {
  const { path } = file;
  if (Object.keys(items).length === 0) {
    return { path, managed: null, copy: null, original: null };
  }
  const known = recording.recorded.files.get(path);
  const image = recording.images.get(path);
  const managed: ManagedFile = {
    formatVersion: 1,
    path,
    kind: file.kind,
    record: file.record?.rule ?? 'full',
    ...(file.record?.secret === undefined ? {} : { secret: file.record.secret }),
    linkText: file.linkText,
    ...(file.declared === path ? {} : { declared: file.declared }),
    ...(file.method === undefined ? {} : { write: file.method }),
    state: stateAfter(file, image?.after, recording.newOwner),
    lastRun: file.write || known === undefined ? recording.run : known.lastRun,
    original:
      known === undefined
        ? { state: file.before, pristine: true }
        : { ...known.original, pristine: known.original.pristine && !file.foreignEdit },
    items,
  };
  const copy = image?.after.exists === true ? image.after.bytes : null;
  if (known !== undefined) return { path, managed, copy, ...movedOriginal(recording, known) };
  const original = image?.before.exists === true ? image.before.bytes : null;
  return { path, managed, copy, original };
}

/** Once a file is recorded in full again its original is, too, as far as it is still there. */
function movedOriginal(
  { originals }: Recording,
  { path, record }: ManagedFile,
): Pick<StateFileChange, 'original'> {
  const original = record === 'full' ? undefined : originals.get(path);
  return original === undefined ? {} : { original };
}

function stateAfter(
  file: FileChange,
  image: FileImage | undefined,
  newOwner: { readonly uid: number; readonly gid: number },
): FileState | null {
  if (!file.write) return file.before;
  if (file.after === null) return null;
  const made = image?.exists === true ? image.owner : undefined;
  const { uid, gid } = file.before ?? made ?? newOwner;
  return { ...file.after, uid, gid };
}

function ownRecord(recording: Recording): PlanRecordChange {
  const { part, run, workspace, meta } = recording;
  if (part.operation === 'release') return { workspace, plan: part.plan, record: null };
  const record: PlanRecord = {
    formatVersion: 1,
    workspace,
    plan: part.plan,
    file: part.file,
    commit: meta.commit,
    dirty: meta.dirty.length > 0,
    inputDigest: part.inputDigest,
    run,
    gates: part.record,
    workspaceFiles: referencedFiles(part.workspaceFiles, executedByRecord(part.record)),
    hold: null,
  };
  return { workspace, plan: part.plan, record, contents: recording.contents };
}

function retired(recording: Recording): readonly PlanRecordChange[] {
  const { workspace } = recording;
  return recording.part.retires.map((plan) => ({ workspace, plan, record: null }));
}

/** Recorded state after the run was reverted: files as before, the plan held until its inputs change. What held it before still does. */
export function revertedState(recording: Recording): StateChange {
  const { part, workspace, run } = recording;
  const known = recordOfPlan(recording.recorded.plans, { workspace, plan: part.plan });
  const reason = 'its gates, audits or actions failed';
  const held = heldInputs(known?.hold ?? null);
  const hold = holdFor({ run, inputDigest: part.inputDigest, reason }, held);
  const fresh = ownRecord(recording).record;
  const record =
    known ??
    (fresh === null ? null : { ...fresh, gates: { files: {}, plan: [] }, workspaceFiles: [] });
  return {
    files: [],
    plans: record === null ? [] : [{ workspace, plan: part.plan, record: { ...record, hold } }],
  };
}

/** What someone else did to touched files since the last run; `null` when nobody did. Recorded first, as a commit of its own. */
export function observedState(
  recording: Pick<Recording, 'images' | 'recorded'> & { readonly part: Pick<PlanPart, 'files'> },
): StateChange | null {
  const files: StateFileChange[] = [];
  for (const file of recording.part.files) {
    const known = recording.recorded.files.get(file.path);
    if (!file.foreignEdit || known === undefined) continue;
    const image = recording.images.get(file.path)?.before;
    files.push(observedFile({ ...known, ...observedRecord(file, known) }, file.before, image));
  }
  return files.length === 0 ? null : { files, plans: [] };
}

/** What somebody else wrote is recorded by the rule until now; a secret that it brought is judged already. */
function observedRecord(
  { record: next }: FileChange,
  { record, secret }: ManagedFile,
): Pick<ManagedFile, 'record' | 'secret'> {
  const rule = strictest([record, next?.rule ?? 'full']) ?? record;
  return next?.secret === true || secret === true
    ? { record: rule, secret: true }
    : { record: rule };
}

/** One managed file as somebody else left it. What was applied stays recorded, so that it still shows as drift. */
export function observedFile(
  known: ManagedFile,
  state: FileState | null,
  image: FileImage | undefined,
): StateFileChange {
  const original = { ...known.original, pristine: false };
  return {
    path: known.path,
    managed: { ...withStateOfOthers(known, state), original },
    copy: image?.exists === true ? image.bytes : null,
  };
}
