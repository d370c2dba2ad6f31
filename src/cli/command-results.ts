import type { InstallRecoveryResult } from '../operations/recovery/results.ts';
import type { JsonObject } from '../model/item.ts';
import type { ChangeSet } from '../model/change-set.ts';
import type { AdoptResult } from '../operations/adopting/results.ts';
import type { DocumentGetResult } from '../operations/documents/get-in-document.ts';
import type { WrittenDocument } from '../operations/documents/replace-document.ts';
import type { DriftResult } from '../operations/drift/results.ts';
import type {
  AuditResult,
  BackupListResult,
  BackupShowResult,
  BackupVerifyResult,
  BlameResult,
  CheckHostResult,
  ConfirmResult,
  DoctorResult,
  DriftRecordResult,
  DriftRestoreResult,
  HistoryResult,
  HistoryVerifyResult,
  HostsPlanResult,
  ImportResult,
  LocksResult,
  PlanResult,
  PruneResult,
  RecoverResult,
  RestoreResult,
  RevertResult,
  RunResult,
  StateExchangeResult,
  StateListResult,
  StateShowResult,
  StateVerifyResult,
  StatusResult,
  ValidateResult,
} from '../operations/results.ts';
import type { ApplyAnswer } from './interrupted-apply.ts';
import type {
  ScheduleNextResult,
  ScheduleTimelineResult,
} from '../operations/scheduling/results.ts';
import type { ExplainedCode } from './views/explain-view.ts';

/** `result` of each command with `--json`: schemas/output.schema.json is made from it (`npm run generate`). */
export interface CommandResults {
  readonly apply: ApplyAnswer;
  readonly audit: AuditResult;
  readonly 'backup list': BackupListResult;
  readonly 'backup prune': PruneResult;
  readonly 'backup restore': RestoreResult;
  readonly 'backup show': BackupShowResult;
  readonly 'backup verify': BackupVerifyResult;
  readonly blame: BlameResult;
  readonly check: CheckHostResult;
  readonly confirm: ConfirmResult;
  readonly 'doc get': DocumentGetResult;
  readonly 'doc set': WrittenDocument;
  readonly doctor: DoctorResult;
  /** With `--adopt` what was written into the workspace, with `--restore` what it put back, with `--record` what it recorded. */
  readonly drift: DriftResult | AdoptResult | DriftRecordResult | DriftRestoreResult;
  /** The code that was asked for, or all of them. */
  readonly explain: readonly ExplainedCode[];
  readonly history: HistoryResult;
  readonly 'history show': RunResult;
  readonly 'history verify': HistoryVerifyResult;
  readonly import: ImportResult;
  readonly 'install-recovery': InstallRecoveryResult;
  readonly locks: LocksResult;
  /** With `--all-hosts` the plan of each host. */
  readonly plan: PlanResult | HostsPlanResult;

  readonly recover: RecoverResult;
  readonly revert: RevertResult;
  /** The schema that was asked for, or the names of all. */
  readonly schema: JsonObject | readonly string[];
  readonly 'schedule next': ScheduleNextResult;
  readonly 'schedule timeline': ScheduleTimelineResult;
  readonly show: ChangeSet;
  readonly 'state adopt': StateExchangeResult;
  readonly 'state list': StateListResult;
  readonly 'state pull': StateExchangeResult;
  readonly 'state push': StateExchangeResult;
  readonly 'state show': StateShowResult;
  readonly 'state verify': StateVerifyResult;
  readonly status: StatusResult;
  readonly validate: ValidateResult;
}

export type CommandResult = CommandResults[keyof CommandResults];
