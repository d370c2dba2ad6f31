import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  PlanName,
  ResourceId,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from './brand.ts';
import type { ActionSpec, AuditSpec, GateSpec } from './check.ts';
import type { FileState, Splice } from './file-image.ts';
import type { ItemChange, SourceSpot } from './item.ts';
import type {
  KindName,
  RecordRule,
  ResourceSpec,
  Variables,
  WorkspaceFile,
  WriteMethod,
} from './plan-file.ts';

/** How much of a file is recorded from now on. */
export interface FileRecord {
  readonly rule: RecordRule;
  /** It looks like a secret, or did once. */
  readonly secret?: true;
  /** The rule until now, where it is another. */
  readonly was?: RecordRule;
}

/** One file a plan part touches. `write: false` binds ownership changes to the file's present state. */
export interface FileChange {
  readonly path: HostPath;
  readonly declared: HostPath;
  readonly linkText: string | null;
  readonly kind: KindName;
  /** The directory is watched by a consumer (kubelet): stage elsewhere. */
  readonly watched: boolean;
  readonly write: boolean;
  /** Absent: replaced by a rename. */
  readonly method?: WriteMethod;
  readonly before: FileState | null;
  readonly after: Pick<FileState, 'sha256' | 'size' | 'mode'> | null;
  /** Old bytes to new bytes; `null` when bytes do not change or the file is deleted. Against nothing for a new file. */
  readonly splice: Splice | null;
  /** The run that last wrote this file, also when it is no longer managed; makes each change set single-use. */
  readonly lastRun: RunId | null;
  /** Live differs from what was recorded: an `observed` commit goes first. */
  readonly foreignEdit: boolean;
  /** Absent: everything, as before. */
  readonly record?: FileRecord;
  readonly restart: 'expected' | 'none' | 'not-applicable';
  readonly resources: readonly ResourceId[];
}

/** Files in one transaction and one gate round, in execution order. */
export interface Step {
  readonly path: HostPath;
  readonly gates: readonly GateSpec[];
  readonly onChange: readonly ActionSpec[];
  readonly audits: readonly AuditSpec[];
}

/** What one plan file does on this host: one run, one commit. */
export interface PlanPart {
  readonly plan: PlanName;
  readonly file: WorkspacePath;
  /** `release`: the plan is gone (deleted, or its hosts no longer match) and gives everything back. */
  readonly operation: 'apply' | 'release';
  readonly inputDigest: Digest;
  readonly items: readonly ItemChange[];
  readonly files: readonly FileChange[];
  /** One per written file; order = execution order. */
  readonly steps: readonly Step[];
  readonly gates: readonly GateSpec[];
  readonly workspaceFiles: readonly WorkspaceFile[];
  /** What recorded state keeps so that release, revert and recover can run this plan's gates later. */
  readonly record: PlanGates;
  /** Plans that own nothing any more once this part has taken over their items: their records go. */
  readonly retires: readonly PlanName[];
  readonly unchanged: number;
  /** Those of sets that earlier versions saved are texts without a code. */
  readonly warnings: readonly (PartWarning | string)[];
}

/** What plan says of a part. */
export interface PartWarning {
  /** Stable diagnostic code. */
  readonly code: string;
  readonly message: string;
  /** Where the plan file declares what it is about. */
  readonly at?: SourceSpot;
}

/** A plan's gates and actions by file, plus its own. */
export interface PlanGates {
  readonly files: Readonly<Record<string, FileGates>>;
  readonly plan: readonly GateSpec[];
}

export interface FileGates {
  /** Explicit gates. */
  readonly gates: readonly GateSpec[];
  /** Resources (without their desired values) whose gates are derived anew from the bytes of the moment. */
  readonly derive: readonly { readonly id: ResourceId; readonly spec: ResourceSpec }[];
  readonly onChange: readonly ActionSpec[];
}

/** What was asked for; kept so that `apply` of a saved set computes the same thing again. */
export interface PlanRequest {
  /** Empty = every plan, and releases of deleted ones. */
  readonly plans: readonly PlanName[];
  readonly vars: Variables;
  /** Plans that may take back what no restored file does; absent: none. */
  readonly acknowledged?: readonly PlanName[];
}

export interface ChangeSet {
  readonly formatVersion: '1.0';
  readonly digest: Digest;
  readonly host: HostName;
  readonly workspace: WorkspaceName;
  readonly request: PlanRequest;
  readonly parts: readonly PlanPart[];
  /** `plan --expires`: ISO 8601, UTC; not applied after it. Absent: as long as all it depends on is the same. */
  readonly notAfter?: string;
  /** Outside the digest. */
  readonly meta: ChangeSetMeta;
}

/** What a set that was planned from a record says nothing about: nobody has seen it. */
export interface NotObserved {
  readonly plan: PlanName;
  readonly path: HostPath;
  /** `never recorded`, or why its content is not known. */
  readonly reason: string;
}

export interface ChangeSetMeta {
  /** Workspace commit; `null` outside git. */
  readonly commit: CommitId | null;
  readonly dirty: readonly string[];
  readonly createdAt: string;
  readonly actor: string;
  readonly toolVersion: string;
  /** Declared items that need nothing, also of plans without a part. */
  readonly inSync: number;
  /** Present when something was not observed: the set is incomplete and cannot be applied. */
  readonly notObserved?: readonly NotObserved[];
  /** Unified diff by path, for `show --diff`. */
  readonly diffs: Readonly<Record<string, string>>;
}
