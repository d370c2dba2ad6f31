/** Result shapes of the operations: what views render and `--json` prints as `result`. Plain JSON, stable. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type {
  CommitId,
  HostName,
  HostPath,
  PlanName,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from '../model/brand.ts';
import type { ChangeSet } from '../model/change-set.ts';
import type { CheckResult } from '../model/check.ts';
import type { ExitCode, RunReport, SettleChoice } from '../model/outcome.ts';
import type { FileStanding } from '../plan/drift/file-standing.ts';
import type { MirrorTold } from './backups/results.ts';
import type { HeldTold } from './drift/held-plans.ts';
import type { RunTakenBack } from './looking-back/results.ts';
import type { RevertBranch } from './revert-branch/results.ts';
import type { ScheduleChange } from './scheduling/results.ts';
import type { RemoteTold } from './state/results.ts';
import type { PlanWindow } from './windows/plan-window.ts';
import type { LockHolderTold, OpenRunTold, RecoveryProspect } from './open-run-results.ts';

export interface ValidateResult {
  readonly workspace: WorkspaceName;
  readonly plans: readonly {
    readonly plan: PlanName;
    readonly file: WorkspacePath;
    readonly resources: number;
    readonly matchesHost: boolean;
  }[];
  readonly warnings: readonly Diagnostic[];
}

export interface PlanResult {
  readonly set: ChangeSet;
  /** Set when `apply` of this set would be refused as things are (older checkout, dirty tree, hold…). */
  readonly blockers: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly recordedCommit: CommitId | null;
  /** Present when only the record was looked at. */
  readonly against?: {
    /** Where it is; `null`: there is none. */
    readonly record: string | null;
    /** Since when it stands (ISO 8601). */
    readonly at: string | null;
    /** Items that had drifted when it was written; not those that rules of the workspace ignore. */
    readonly drifted: number;
  };
  readonly savedTo: string | null;
  /** Of the plans that change windows of the workspace concern: when they may be applied. Absent: none. */
  readonly windows?: readonly PlanWindow[];
  /** With `--emit`: YAML for whoever else writes the files. */
  readonly emitted?: string;
  /** When schedules fire that items change: reckoned at each plan, no part of the set. Absent: it changes none. */
  readonly schedules?: readonly ScheduleChange[];
  /** Files that now have the bytes of a run that is still open, with that run; they are no edit of somebody else. */
  readonly openRunFiles?: Readonly<Record<HostPath, RunId>>;
}

/** `plan --all-hosts`: every host that the workspace expects, in its order. */
export interface HostsPlanResult {
  readonly hosts: readonly {
    readonly host: HostName;
    /** Null when `problems` keep the host from being planned. */
    readonly plan: PlanResult | null;
    readonly problems: readonly Diagnostic[];
  }[];
}

export interface ApplyResult {
  readonly set: ChangeSet;
  readonly runs: readonly RunReport[];
  /** Plans not begun because an earlier one did not end `applied`, or because their change window closed meanwhile. */
  readonly notRun: readonly PlanName[];
  /** Runs of earlier commands that had to be settled first; then nothing else was done. */
  readonly recovered: readonly RunReport[];
  /** Problems met on the way, with their help. */
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
  /** Only with `--revert-branch`; null when nothing was reverted, or none could be prepared. */
  readonly branch?: RevertBranch | null;
  /** A second interrupt left this run to its guardian, which keeps it when that was decided already and else takes it back. */
  readonly handedOver?: UnsettledRun;
  /** The same without a guardian: nobody settles it before the next command. Never printed as a result. */
  readonly leftBehind?: UnsettledRun;
}

/** An open run past its commit point, and what becomes of its files. */
export interface UnsettledRun {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly decision: 'keep' | 'revert';
}

/** What became of open runs that were settled without asking anybody. */
export interface SettledRuns {
  readonly recovered: readonly RunReport[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

export interface RecoverResult extends SettledRuns {
  /** Runs whose files a person has to decide about, as they are after this command. */
  readonly needsPerson: readonly RunToSettle[];
  /** Runs that the next `recover` settles without asking anybody: with `--dry-run` those that are open, else those that stay open. */
  readonly leftOpen: readonly {
    readonly run: RunId;
    readonly plan: PlanName;
    /** It waits for `setpoint confirm` until then (ISO 8601): to recover takes it back. */
    readonly confirmUntil?: string;
    /** With `--dry-run`: what `recover` would do with it. */
    readonly prospect?: RecoveryProspect;
  }[];
  /** With `--dry-run`: the living process that holds the run lock, and the runs that are its work; they are not left open. */
  readonly running: {
    readonly holder: LockHolderTold;
    readonly runs: readonly OpenRunTold[];
  } | null;
  /** No run was open, and the last one that recorded anything was taken back: by a red gate, its guardian, a boot or an earlier `recover`. */
  readonly lastTakenBack?: RunTakenBack;
  readonly dryRun: boolean;
}

/** A run whose revert failed: every version of its files, and what each choice would do. */
export interface RunToSettle {
  readonly run: RunId;
  readonly plan: PlanName;
  /** Why its revert failed. */
  readonly reason: string;
  readonly files: readonly FileToSettle[];
  readonly choices: readonly SettleOption[];
}

export interface FileToSettle {
  readonly path: HostPath;
  /** What stands there: the old version, the new one, a mixture (a write in place was cut off), or something of somebody else. */
  readonly standing: 'old' | 'new' | 'torn' | 'foreign';
  readonly old: FileVersion;
  readonly new: FileVersion;
  readonly live: FileVersion;
  /** Unified diffs; `null` when there is nothing to compare or recorded state keeps only a digest of this file. */
  readonly diffs: { readonly oldToLive: string | null; readonly newToLive: string | null };
}

/** `sha256` `null`: no such file in this version, or (live) no plain file. */
export interface FileVersion {
  readonly sha256: string | null;
  readonly mode: string | null;
  readonly kind: 'file' | 'absent' | 'other';
  /** Where its content is now; `null` = nowhere (lost), or nothing to keep. */
  readonly place: 'live' | 'stage' | 'run-folder' | 'recorded' | null;
  /** A path; for `recorded` the state repository, and `object` what `git show` takes. */
  readonly path: string | null;
  readonly object: string | null;
}

export interface SettleOption {
  readonly choice: SettleChoice;
  readonly possible: boolean;
  /** Files it would write or remove. */
  readonly writes: readonly HostPath[];
  /** Files of which somebody else's version is kept aside first. */
  readonly replacesForeign: readonly HostPath[];
  /** Why it is not possible. */
  readonly obstacles: readonly string[];
}

/** `confirm` and `confirm --reject`: the run as it is settled now. */
export interface ConfirmResult {
  readonly report: RunReport;
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}
export type {
  BackupListResult,
  BackupShowResult,
  BackupVerifyResult,
  PruneResult,
  RestoredFile,
  RestorePreview,
  RestoreResult,
  SnapshotSummary,
} from './backups/results.ts';
export type { AuditResult } from './auditing/results.ts';
export type { RevertBranch } from './revert-branch/results.ts';
export type { RevertPreview, RevertResult } from './reverting/results.ts';
export type { DriftRestorePreview, DriftRestoreResult } from './drift-restore/results.ts';
export type { DriftRecordResult } from './drift-record/results.ts';
export type {
  RemoteTold,
  StateExchangeResult,
  StateListResult,
  StateShowResult,
  StateVerifyResult,
} from './state/results.ts';

export type {
  BlamedItem,
  BlamedRun,
  BlameResult,
  HistoryEntry,
  HistoryResult,
  HistoryVerifyResult,
  RecordChange,
  ReleasedItem,
  RunFacts,
  RunResult,
  RunSummary,
} from './looking-back/results.ts';

export interface StatusResult {
  readonly host: HostName;
  readonly hostId: string | null;
  readonly head: CommitId | null;
  /** Where the record is pushed; null outside of a workspace, or when it names no remote that can be used. */
  readonly remote: RemoteTold | null;
  /** Where backups are copied; null outside of a workspace, or when it names no mirror that can be used. */
  readonly mirror: MirrorTold | null;
  readonly files: readonly {
    readonly path: HostPath;
    readonly items: number;
    readonly owners: readonly PlanName[];
    /** As `drift` judges it; `open-run` and `other-lines` are no drift. */
    readonly drift: FileStanding;
    /** The open run that has still to settle it, although somebody edited what that run wrote, or its mode or owner. */
    readonly unsettled?: RunId;
    /** Items that plan files want otherwise than recorded, new ones too. */
    readonly pending: number;
    /** Items that drifted and that a rule of the workspace ignores; `apply` asks no rules, so they may be pending, too. */
    readonly ignored: number;
  }[];
  /** Items of files without a record that plan files want. */
  readonly unrecorded: number;
  readonly warnings: readonly Diagnostic[];
  readonly plans: readonly {
    readonly plan: PlanName;
    readonly workspace: WorkspaceName;
    readonly run: RunId;
    readonly commit: CommitId | null;
    readonly held: HeldTold | null;
  }[];
  readonly openRuns: readonly OpenRunTold[];
  /** The living process that holds the run lock: what is open is its work. `null`: nobody does. */
  readonly holder: LockHolderTold | null;
}

export interface LocksResult {
  readonly run: {
    readonly held: boolean;
    /** By the kernel's word it is held, but by a process that this user may not see: another user's. */
    readonly hidden?: true;
    /** What the holder wrote about itself; `null` when the lock is free or nothing readable is there. */
    readonly holder: LockHolderTold | null;
    /** Processes that keep the lock by the kernel's word: the command, its guardian, git. */
    readonly processes: readonly LockProcess[];
    readonly waiting: readonly LockProcess[];
  };
  readonly paths: {
    /** `others`: locked paths that are neither managed nor in an open run, so that only their number is known. */
    readonly held: readonly (LockProcess & {
      readonly paths: readonly HostPath[];
      readonly others: number;
    })[];
    readonly waiting: readonly LockProcess[];
  };
  /** Runs that are open although the run lock is free: nobody works on them, and nobody waits for a confirmation. */
  readonly leftOpen: readonly OpenRunTold[];
}

export interface LockProcess {
  readonly pid: number;
  readonly command: string;
}

export interface CheckHostResult {
  readonly results: readonly (CheckResult & { readonly plan: PlanName })[];
  readonly exitCode: ExitCode;
}

export interface ImportResult {
  readonly file: string;
  readonly plan: PlanName;
  readonly items: number;
  readonly text: string;
}

export interface DoctorResult {
  readonly findings: readonly {
    readonly name: string;
    readonly verdict: 'ok' | 'warning' | 'error';
    readonly detail: string;
    readonly help: string | null;
  }[];
  readonly exitCode: ExitCode;
}
