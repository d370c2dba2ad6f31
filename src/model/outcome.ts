import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  PlanName,
  RunId,
  WorkspaceName,
} from './brand.ts';
import type { CheckResult } from './check.ts';

/**
 * How a run ended. `failed` and `interrupted` changed nothing; `awaiting-confirmation`: changed and proven, taken back unless a
 * person confirms it in time; `kept-live`: a person chose to leave the files as they are.
 */
export type Outcome =
  | 'applied'
  | 'awaiting-confirmation'
  | 'reverted'
  | 'revert-failed'
  | 'kept-live'
  | 'failed'
  | 'interrupted';

/** What a run was for. `restore`: files went back to what a backup has. `transaction`: a program changed files together. */
export type RunOperation = 'apply' | 'release' | 'restore' | 'transaction';

/** What a person wants of the files of a run whose revert failed. */
export type SettleChoice = 'keep-live' | 'take-new' | 'take-old';

/** Who settled a run by hand, and how. */
export interface SettledBy {
  readonly choice: SettleChoice;
  readonly actor: string;
  /** `--reason`, in the person's words. */
  readonly reason: string | null;
}

/** What a person answered to a run that waited to be confirmed. */
export interface Answer {
  readonly answer: 'confirmed' | 'rejected';
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface RunReport {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  readonly host: HostName;
  readonly operation: RunOperation;
  readonly outcome: Outcome;
  /** State repository commits written by this run, oldest first. */
  readonly commits: readonly CommitId[];
  readonly changeSet: Digest;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly checks: readonly CheckResult[];
  /** Why the run did not end `applied`, or not in all of a transaction's files; one sentence. */
  readonly reason: string | null;
  /** Shell commands for a person, only for `revert-failed`. */
  readonly manualCommands: readonly string[];
  /** `applied` or `reverted`, but the commits could not be written yet: the run is open. */
  readonly unrecorded: boolean;
  /** Gates were skipped (`--offline`), or red when a person settled the run. */
  readonly unproven: boolean;
  /**
   * Files in which edits by others stayed: after a revert they are not as before, after a transaction not as it wanted them.
   * Absent: none.
   */
  readonly othersEdits?: readonly HostPath[];
  /**
   * Files of a revert that have their old content and the annotation of a fresh identity, because without it they did not come up.
   * Absent: none.
   */
  readonly renewed?: readonly HostPath[];
  /** Absent when nobody had to settle it by hand. */
  readonly settled?: SettledBy;
  /** ISO 8601; only of a run that waits or waited for `setpoint confirm`: when it is, or would have been, taken back. */
  readonly confirmUntil?: string;
  /** Absent when nobody confirmed or rejected it, and in reports of earlier versions. */
  readonly answered?: Answer;
}

/** Exit codes of every verb; docs/reference/exit-codes.md is the contract. */
export const EXIT = {
  done: 0,
  failed: 1,
  pending: 2,
  reverted: 3,
  needsPerson: 4,
  locked: 5,
  stale: 6,
  refused: 7,
  usage: 64,
  invalidPlan: 65,
  bug: 70,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
