import type { CommitId, HostPath, PlanName, WorkspaceName } from './brand.ts';
import type { ManagedFile, PlanRecord, SeenFile } from './recorded-state.ts';

/** What one state commit changes. Bytes are always given: where the record rule keeps no copy they go to the backup store. */
export interface StateChange {
  readonly files: readonly StateFileChange[];
  readonly plans: readonly PlanRecordChange[];
  /** Files that are only seen. What `files` manages is dropped from them without being named here. */
  readonly seen?: readonly SeenFileChange[];
}

export interface SeenFileChange {
  readonly declared: HostPath;
  /** `null`: it goes, with its copy. */
  readonly seen: SeenFile | null;
  /** `null`: it was not there; absent keeps what is there. */
  readonly copy?: Uint8Array | null;
}

export interface StateFileChange {
  readonly path: HostPath;
  /** `null` = no longer managed: record, copy and original go. */
  readonly managed: ManagedFile | null;
  /** New `files/<path>` copy; `null` removes it; absent keeps what is there. */
  readonly copy?: Uint8Array | null;
  /** New `original/<path>`; `null` removes it; absent keeps what is there. */
  readonly original?: Uint8Array | null;
}

export interface PlanRecordChange {
  readonly workspace: WorkspaceName;
  readonly plan: PlanName;
  /** `null` = the plan gave everything back. */
  readonly record: PlanRecord | null;
  /** New copies of its `workspaceFiles`, by SHA-256; of those not given, what is there stays. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
}

/** Everything a state commit's id depends on: the same spec always gives the same id. */
export interface StateCommitSpec {
  /** Tree object id, already durable in the state repository. */
  readonly tree: string;
  readonly parent: CommitId | null;
  readonly message: string;
  /** Seconds since the epoch, UTC; author and committer date. */
  readonly date: number;
  /** Armoured ssh signature of the commit without it; a part of its text, and so of its id. */
  readonly signature?: string;
}
