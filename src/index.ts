/**
 * The library: the same operations that the command line uses, for programs. Every function throws SetpointError, which
 * carries all diagnostics and the exit code of the contract (docs/reference/exit-codes.md).
 */
export { SetpointError } from './diagnostics/setpoint-error.ts';
export type { Diagnostic, SourceRange } from './diagnostics/diagnostic.ts';
export { EXIT } from './model/outcome.ts';
export type { ExitCode, Outcome, RunReport } from './model/outcome.ts';
export type { ChangeSet, FileChange, PlanPart } from './model/change-set.ts';
export type { DocumentSchema } from './operations/documents/document-schema.ts';
export type { DocumentVersion } from './operations/documents/document-version.ts';
export type { WrittenDocument } from './operations/documents/replace-document.ts';
export type { JsonObject, JsonValue } from './model/item.ts';
export type { ReadDocument } from './operations/read-document.ts';
export type { UpdateDocumentOptions } from './operations/update-document.ts';
export type { WriteDocumentOptions } from './operations/write-document.ts';
export type { WrittenFile } from './operations/update-file.ts';
export type { RunEvent, RunEventListener } from './model/run-event.ts';
export type { ApplyOptions } from './operations/apply-changes.ts';
export type { RestoreOptions } from './operations/backups/restore-backup.ts';
export type { DriftOptions } from './operations/detect-drift.ts';
export type { DriftResult } from './operations/drift/results.ts';
export type { PlanOptions } from './operations/plan-changes.ts';
export type { StatusOptions } from './operations/read-status.ts';
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
export type { OpenSessionOptions } from './operations/open-session.ts';
export type { Session, SessionOptions } from './operations/session.ts';
export type {
  FlagChange,
  FlagWish,
  ManifestFlagOptions,
  ManifestFlagsResult,
} from './operations/set-manifest-flags.ts';
export type { FileRequest, TransactionResult } from './operations/transaction.ts';
export {
  applyChanges,
  blame,
  detectDrift,
  listBackups,
  openSession,
  planChanges,
  pruneBackups,
  readChangeSet,
  readDocument,
  readHistory,
  readLocks,
  readRun,
  readStatus,
  recoverRuns,
  restoreBackup,
  setManifestFlags,
  showBackup,
  transaction,
  updateDocument,
  updateFile,
  validateWorkspace,
  verifyBackups,
  verifyHistory,
  writeDocument,
} from './operations/library/calls.ts';
