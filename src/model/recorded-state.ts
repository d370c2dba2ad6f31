import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  ItemKey,
  PlanName,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from './brand.ts';
import type { PlanGates } from './change-set.ts';
import type { FileState } from './file-image.ts';
import type { RecordedItem } from './item.ts';
import type { KindName, RecordRule, WorkspaceFile, WriteMethod } from './plan-file.ts';

/** One managed file: `managed/<encoded path>.json` in the state repository. */
export interface ManagedFile {
  readonly formatVersion: 1;
  readonly path: HostPath;
  readonly kind: KindName;
  /** Copies are in git only where it says `full`; else their bytes are in the backup store of the host, named by their digests. */
  readonly record: RecordRule;
  /** It looks like a secret, or did once or before management: `full` only where a plan file says so. */
  readonly secret?: true;
  readonly linkText: string | null;
  /** The name that plans used, when links lead from it to `path`. */
  readonly declared?: HostPath;
  /** How it was last written; absent: replaced. A release has no plan file to ask. */
  readonly write?: WriteMethod;
  /** As last verified; `null` = verified absent. */
  readonly state: FileState | null;
  /** Somebody else's edit is in `state`, of something that is owned: it is not what a run left. */
  readonly edited?: true;
  /** `drift --record` found no plain file that it may read: `state` is from before that. */
  readonly unobserved?: Unobserved;
  /** Mode and owner as a run left them last, where `state` is what somebody else made of them. */
  readonly attributes?: FileAttributes;
  /** The run that last wrote (or first adopted) the file. */
  readonly lastRun: RunId;
  readonly original: OriginalFile;
  readonly items: Readonly<Record<ItemKey, RecordedItem>>;
}

/** Since when a managed file cannot be observed (ISO 8601, UTC), and why. */
export interface Unobserved {
  readonly since: string;
  readonly reason: string;
}

/** Mode and owner of a file. */
export type FileAttributes = Pick<FileState, 'mode' | 'uid' | 'gid'>;

/** Mode and owner that a file is held against; `null`: it never was there. */
export function recordedAttributes({
  attributes,
  state,
}: Pick<ManagedFile, 'attributes' | 'state'>): FileAttributes | null {
  return attributes ?? state;
}

/** The record of a file that now is in `state` by somebody else's doing: mode and owner stay those that a run left. */
export function withStateOfOthers(file: ManagedFile, state: FileState | null): ManagedFile {
  const { attributes: _, unobserved: __, ...rest } = file;
  return { ...rest, state, edited: true, ...attributesLeft(file, state) };
}

/** Mode and owner as a run left them last, where those of the file that now is in `state` are others. */
export function attributesLeft(
  file: Pick<ManagedFile, 'attributes' | 'state'>,
  state: FileState | null,
): Pick<ManagedFile, 'attributes'> {
  const left = recordedAttributes(file);
  if (left === null || (state !== null && sameAttributes(left, state))) return {};
  const { mode, uid, gid } = left;
  return { attributes: { mode, uid, gid } };
}

/** The record of a file whose mode and owner are those of `state` from now on, whoever set them. */
export function withOwnState(file: ManagedFile, state: FileState | null): ManagedFile {
  const { attributes: _, edited: __, unobserved: ___, ...rest } = file;
  return { ...rest, state };
}

export function sameAttributes(a: FileAttributes, b: FileAttributes): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

/** The file before setpoint managed it. `pristine` ends when someone else's edit is observed: then items go back one by one. */
export interface OriginalFile {
  readonly state: FileState | null;
  readonly pristine: boolean;
}

/**
 * A file that plans name and that no run has managed yet, as somebody saw it: `seen/<encoded name>.json`. It owns nothing and is
 * never given back; planning from the record knows by it what is there.
 */
export interface SeenFile {
  readonly formatVersion: 1;
  /** The name that plans use. */
  readonly declared: HostPath;
  /** Where it led. */
  readonly path: HostPath;
  readonly linkText: string | null;
  /** `null`: it was not there. */
  readonly state: FileState | null;
  /** Whose plans name it; sorted. */
  readonly workspaces: readonly WorkspaceName[];
}

/** Every file that is recorded as seen, by the name that plans use, with the contents of those that were there. */
export interface SeenFiles {
  readonly files: ReadonlyMap<HostPath, SeenFile>;
  readonly copies: ReadonlyMap<HostPath, Uint8Array>;
}

/** One plan's record on this host: `plans/<workspace>/<plan>.json`. */
export interface PlanRecord {
  readonly formatVersion: 1;
  readonly workspace: WorkspaceName;
  readonly plan: PlanName;
  readonly file: WorkspacePath;
  /** Workspace commit of the last run that changed this record; `<sha>+dirty` loses the suffix here and sets `dirty`. */
  readonly commit: CommitId | null;
  readonly dirty: boolean;
  readonly inputDigest: Digest;
  readonly run: RunId;
  readonly gates: PlanGates;
  /** What its gates and actions need; copies: `workspace/<workspace>/<plan>/<sha256>`, none in records of earlier versions. */
  readonly workspaceFiles: readonly WorkspaceFile[];
  readonly hold: Hold | null;
}

/** A plan whose gates or audits failed is not tried again with the same inputs. */
export interface Hold {
  readonly run: RunId;
  readonly inputDigest: Digest;
  /** Further inputs that were held, or would do what was taken back. */
  readonly also?: readonly Digest[];
  readonly reason: string;
}

/** Whether a plan with these inputs is held. */
export function holds({ inputDigest, also = [] }: Hold, inputs: Digest): boolean {
  return inputDigest === inputs || also.includes(inputs);
}

/** Every input that a plan is held for. */
export function heldInputs(hold: Hold | null): readonly Digest[] {
  return hold === null ? [] : [hold.inputDigest, ...(hold.also ?? [])];
}

/** A hold for further inputs as well. */
export function holdFor(hold: Omit<Hold, 'also'>, further: readonly Digest[]): Hold {
  const also = [...new Set(further)].filter((inputs) => inputs !== hold.inputDigest);
  return also.length === 0 ? hold : { ...hold, also };
}

/** Everything recorded for one host. */
export interface RecordedState {
  readonly host: HostName;
  readonly hostId: string;
  /** State repository commit; `null` before the first run. */
  readonly head: CommitId | null;
  readonly files: ReadonlyMap<HostPath, ManagedFile>;
  readonly plans: readonly PlanRecord[];
}
