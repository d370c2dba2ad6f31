/** Result shapes of `setpoint backup …`. Plain JSON, stable. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostName, HostPath, PlanName, RunId, WorkspaceName } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { ExitCode, RunOperation, RunReport } from '../../model/outcome.ts';

/** How far a mirror is, as far as is known here. */
export interface MirrorTold {
  /** `backups.mirror`, without credentials. */
  readonly mirror: string;
  /** Backups of this host that it has not got. */
  readonly lacks: number;
  /** ISO 8601: it may lack something since. `null`: the last copy was complete. */
  readonly since: string | null;
  /** Why the last copy was not complete, or that the directory is not there. */
  readonly problem: string | null;
}

export interface SnapshotSummary {
  readonly run: RunId;
  readonly seq: number;
  readonly time: string;
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  readonly operation: RunOperation;
  /** What each file was before the run; `null`: absent. */
  readonly files: readonly { readonly path: HostPath; readonly before: FileState | null }[];
}

export interface BackupListResult {
  readonly host: HostName;
  /** Newest first. */
  readonly snapshots: readonly SnapshotSummary[];
  readonly problems: readonly Diagnostic[];
}

export interface BackupShowResult {
  readonly host: HostName;
  readonly snapshot: SnapshotSummary;
  /** Unified diff from the live files to those of the snapshot; only with `--diff`. */
  readonly diff: string | null;
  /** Of the one file that was named, unless a diff was asked for. Base64 when it is not UTF-8 text. */
  readonly content: { readonly encoding: 'utf8' | 'base64'; readonly text: string } | null;
}

export interface BackupVerifyResult {
  readonly host: HostName;
  readonly snapshots: number;
  readonly objects: number;
  readonly orphans: readonly string[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

export interface PruneResult {
  readonly host: HostName;
  readonly dryRun: boolean;
  readonly kept: readonly SnapshotSummary[];
  readonly removed: readonly SnapshotSummary[];
  /** Objects removed, and their size on the disk. */
  readonly objects: number;
  readonly bytes: number;
  /** Runs of dead commands that had to be settled; then nothing was removed. */
  readonly recovered: readonly RunReport[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** One file that a restore writes. `before` is live now. */
export interface RestoredFile {
  readonly path: HostPath;
  readonly before: FileState | null;
  readonly after: FileState | null;
  /** Somebody else edited it since it was recorded. */
  readonly foreignEdit: boolean;
  /** Unified diff. */
  readonly diff: string;
}

/** What a restore would do, for the person who approves it. */
export interface RestorePreview {
  readonly host: HostName;
  readonly snapshot: SnapshotSummary;
  readonly files: readonly RestoredFile[];
  /** Those of them that no plan manages afterwards: one that begins to takes what is there then for their original. */
  readonly unmanaged: readonly HostPath[];
  /** Files that are already as the snapshot has them. */
  readonly unchanged: readonly HostPath[];
  /** What people have to know of the contents that return, one sentence each. */
  readonly warnings: readonly string[];
  readonly gates: readonly string[];
  readonly actions: readonly (readonly string[])[];
}

export interface RestoreResult extends RestorePreview {
  /** `null`: nothing had to be done, or nothing was begun. */
  readonly report: RunReport | null;
  readonly recovered: readonly RunReport[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}
