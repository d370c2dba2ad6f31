import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { AuditRecord } from '../../git/audit/audit-record.ts';
import type { CommitId, HostName, HostPath, ItemKey, PlanName, RunId } from '../../model/brand.ts';
import type { CheckResult } from '../../model/check.ts';
import type { ItemOwner, ItemValue, JsonValue } from '../../model/item.ts';
import type { ExitCode, RunReport } from '../../model/outcome.ts';
import type { ItemOrigin } from '../../plan/blame/value-before.ts';

export interface HistoryEntry {
  readonly commit: CommitId;
  readonly at: string;
  readonly subject: string;
  /** `applied`, `reverted`, `attempted`, `observed`… */
  readonly status: string;
  readonly run: RunId | null;
  readonly plan: PlanName | null;
  readonly planCommit: string | null;
  readonly actor: string | null;
}

export interface HistoryResult {
  readonly host: HostName;
  /** That the record of this host is elsewhere, or may be. */
  readonly warnings: readonly Diagnostic[];
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** Every commit of these runs, newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Whether there are older runs than these. */
  readonly more: boolean;
}

/** One run as its commits tell it. */
export interface RunSummary {
  /** `null`: a commit that belongs to no run. */
  readonly run: RunId | null;
  /** `applied`, `applied, unproven`, `restored` (the same of a run that put files back), `reverted`, `kept-live`, `observed`…: how the newest of its commits ended it. */
  readonly outcome: string;
  /** Of the newest commit. */
  readonly at: string;
  readonly plan: PlanName | null;
  readonly planCommit: string | null;
  readonly actor: string | null;
  /** Oldest first. */
  readonly commits: readonly CommitId[];
}

/** A run that put its files back, as its newest commit tells it. */
export interface RunTakenBack {
  readonly run: RunId;
  readonly plan: PlanName | null;
  /** ISO 8601. */
  readonly at: string;
}

/** `history show RUN`. */
export interface RunResult {
  readonly facts: RunFacts;
  /** Its commits, oldest first: edits by others, attempt, revert. */
  readonly entries: readonly HistoryEntry[];
  readonly report: RunReport | null;
  /** Every check that it asked, of its report; without one as its commits have them, with no answers. */
  readonly checks: readonly CheckResult[];
  /** Rows of the audit log about it, in their order. */
  readonly audit: readonly AuditRecord[];
  /** Audit rows that name it but were changed. */
  readonly problems: readonly Diagnostic[];
  /** Unified diff of the managed files' copies that the run's commits changed. */
  readonly diff: string;
  /** State records (managed file, plan) that the run changed, parsed; shown as structural differences. */
  readonly records: readonly RecordChange[];
}

/** Who did what in a run, from report, commits and audit log together; `null` where none of them is left to tell. */
export interface RunFacts {
  readonly run: RunId;
  readonly plan: PlanName | null;
  readonly operation: string | null;
  /** As in RunSummary; of a run that recorded nothing, as in its report. */
  readonly outcome: string | null;
  readonly actor: string | null;
  readonly planCommit: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly toolVersion: string | null;
  /** Rules that options set aside, with the reasons given. */
  readonly overrides: readonly string[] | null;
}

/** One JSON record of the state repository before and after a run; `null` = was not there. */
export interface RecordChange {
  readonly path: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** `history verify`. */
export interface HistoryVerifyResult {
  readonly host: HostName;
  /** State commits, and how many of them name a head of the audit log. */
  readonly commits: number;
  readonly named: number;
  /** Of a log that is sound: its length and last hash, and the newest record that a commit names. `null`: it is not sound. */
  readonly audit: {
    readonly records: number;
    readonly head: string | null;
    readonly bound: number;
  } | null;
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** `blame FILE|ADDRESS`. */
export interface BlameResult {
  readonly host: HostName;
  /** Items that are owned, by file and label. */
  readonly items: readonly BlamedItem[];
  /** Only when none is owned: items that were, each with the run that gave it up. */
  readonly released: readonly ReleasedItem[];
}

export interface BlamedItem extends ItemOrigin {
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  readonly owner: ItemOwner;
  /** As last applied; `null` = absent. */
  readonly value: ItemValue;
  readonly by: BlamedRun;
  /** Of a value that was there already: the run that had recorded it before. */
  readonly earlier?: BlamedRun;
}

export interface ReleasedItem {
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  /** Who owned it last. */
  readonly owner: ItemOwner;
  /** As last applied. */
  readonly value: ItemValue;
  /** The plan that owns it now, when it was not given back. */
  readonly movedTo?: PlanName;
  readonly by: BlamedRun;
}

/** A run, and what its commit says about it; `null` where that is not known. */
export interface BlamedRun {
  readonly run: RunId | null;
  readonly commit: CommitId | null;
  readonly at: string | null;
  readonly actor: string | null;
  readonly plan: PlanName | null;
  readonly planCommit: string | null;
}
