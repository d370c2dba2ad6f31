/**
 * The library: the same operations that the command line uses, for programs. Every function throws SetpointError, which
 * carries all diagnostics and the exit code of the contract (docs/reference/exit-codes.md).
 */
export { SetpointError } from './diagnostics/setpoint-error.ts';
export type { Diagnostic, SourceRange } from './diagnostics/diagnostic.ts';
export { EXIT } from './model/outcome.ts';
export type { ExitCode, Outcome, RunReport } from './model/outcome.ts';
export type { ChangeSet, FileChange, PlanPart } from './model/change-set.ts';
export type { WrittenFile } from './operations/update-file.ts';
export type { RunEvent, RunEventListener } from './model/run-event.ts';
export { applyChanges } from './operations/apply-changes.ts';
export type { ApplyOptions } from './operations/apply-changes.ts';
export { pruneBackups } from './operations/backups/prune-backups.ts';
export { listBackups, showBackup, verifyBackups } from './operations/backups/read-backups.ts';
export { restoreBackup } from './operations/backups/restore-backup.ts';
export type { RestoreOptions } from './operations/backups/restore-backup.ts';
export { detectDrift } from './operations/detect-drift.ts';
export type { DriftOptions } from './operations/detect-drift.ts';
export type { DriftResult } from './operations/drift/results.ts';
export { openSession } from './operations/open-session.ts';
export { planChanges } from './operations/plan-changes.ts';
export type { PlanOptions } from './operations/plan-changes.ts';
export { readChangeSet } from './operations/read-change-set.ts';
export { blame } from './operations/blame.ts';
export { readHistory } from './operations/read-history.ts';
export { readRun } from './operations/read-run.ts';
export { readLocks } from './operations/read-locks.ts';
export { readStatus } from './operations/read-status.ts';
export type { StatusOptions } from './operations/read-status.ts';
export { recoverRuns } from './operations/recover-runs.ts';
export type {
  ApplyResult,
  BackupListResult,
  BackupShowResult,
  BackupVerifyResult,
  BlameResult,
  HistoryResult,
  HistoryVerifyResult,
  LocksResult,
  PlanResult,
  PruneResult,
  RecoverResult,
  RestorePreview,
  RestoreResult,
  RunResult,
  StatusResult,
} from './operations/results.ts';
export type { Session, SessionOptions } from './operations/session.ts';
export { setManifestFlags } from './operations/set-manifest-flags.ts';
export type {
  FlagChange,
  FlagWish,
  ManifestFlagOptions,
  ManifestFlagsResult,
} from './operations/set-manifest-flags.ts';
export { transaction } from './operations/transaction.ts';
export type { FileRequest, TransactionResult } from './operations/transaction.ts';
export { updateFile } from './operations/update-file.ts';
export { validateWorkspace } from './operations/validate-workspace.ts';
export { verifyHistory } from './operations/verify-history.ts';
