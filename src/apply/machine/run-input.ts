import type { Host, HeldLock } from '../../host/ports.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  Millis,
  RealPath,
  RunId,
  WorkspaceName,
} from '../../model/brand.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { RunOperation } from '../../model/outcome.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { Guardian } from '../guardian/guardian.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { StateChange } from '../../model/state-change.ts';

/** What a run takes from the change set it belongs to. */
export interface ChangeSetFacts {
  readonly digest: Digest;
  readonly host: HostName;
  readonly workspace: WorkspaceName;
  /** Workspace commit; `null` outside git. */
  readonly commit: CommitId | null;
  /** Inputs that differ from the commit. */
  readonly dirty: readonly string[];
  readonly actor: string;
  readonly toolVersion: string;
  /** Options that set a rule aside, with their reasons: part of the audit row. */
  readonly overrides: readonly string[];
}

export interface RunOptions {
  /** Gates and audits are skipped; the run is recorded as unproven. */
  readonly offline: boolean;
  /** Red gates before the run do not refuse it. */
  readonly allowUnhealthy: boolean;
  /** Path on this machine of the key that signs the run's commits; absent: they are not signed. */
  readonly signingKey?: string | undefined;
  /** Once proven the run waits so long for `setpoint confirm`; needs a guardian that waits. */
  readonly confirmWithin?: Millis | undefined;
}

/** What a run carries out: a part of a change set, or a restore, which no change set ever holds. */
export type RunPart = Omit<PlanPart, 'operation'> & { readonly operation: RunOperation };

/** Everything one run of one plan part needs, computed before anything is written. */
export interface RunInput {
  readonly run: RunId;
  readonly part: RunPart;
  readonly set: ChangeSetFacts;
  /** Old and new bytes of every written file. */
  readonly images: ReadonlyMap<HostPath, { readonly before: FileImage; readonly after: FileImage }>;
  readonly recorded: RecordedState;
  /** Recorded state after success. */
  readonly kept: StateChange;
  /** Recorded state after a revert because health was not proven: the hold. */
  readonly reverted: StateChange;
  /** Live bytes that differ from what is recorded; committed first. */
  readonly observed: StateChange | null;
  /** Top of the user's checkout: sources, check scripts and certificates are copied from it. */
  readonly workspaceDir: RealPath;
  /** Workspace files that are not taken from `workspaceDir`, as they were recorded, by SHA-256. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
  /** Lines of the commit message; absent: one an item change. */
  readonly changes?: readonly string[];
  readonly options: RunOptions;
}

/** The outside world of a run. The caller holds the run lock. */
export interface RunContext {
  readonly host: Host;
  readonly state: StateRepository;
  readonly listener: RunEventListener;
  /** Aborted by SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  readonly lock: HeldLock;
  readonly toolVersion: string;
  /** How long to wait for others who write the run's files. Default 5 s, in recovery 15 s. */
  readonly lockTimeout?: Millis;
  /** Settles the run if this process dies. Absent in recovery, and where nobody wants one. */
  readonly guardian?: Guardian | undefined;
}
