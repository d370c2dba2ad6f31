/** Result shapes of `setpoint revert`. Plain JSON, stable. */
import type { HostName, HostPath, PlanName, RunId, WorkspacePath } from '../../model/brand.ts';
import type { RestoredFile, RestoreResult } from '../backups/results.ts';
import type { RevertBranch } from '../revert-branch/results.ts';

/** What a revert would do, for the person who approves it. */
export interface RevertPreview {
  readonly host: HostName;
  /** The run that is taken back, its plan, when it was recorded (ISO 8601), and the workspace commit it applied. */
  readonly run: RunId;
  readonly plan: PlanName;
  readonly at: string;
  readonly planCommit: string | null;
  /** The plan file as it was recorded last; null when the plan is gone. */
  readonly planFile: WorkspacePath | null;
  /** The run was itself a revert: what it took back is done again, and its hold ends. */
  readonly undoes: boolean;
  /** Its plan is held afterwards. Not that of a run which put back what several plans own. */
  readonly holds: boolean;
  readonly files: readonly RestoredFile[];
  /** Files in which nothing of the run is left. */
  readonly unchanged: readonly HostPath[];
  /** What people have to know of the contents that return, one sentence each. */
  readonly warnings: readonly string[];
  readonly gates: readonly string[];
  readonly actions: readonly (readonly string[])[];
}

export type RevertResult = RevertPreview &
  Pick<RestoreResult, 'report' | 'recovered' | 'problems' | 'exitCode'> & {
    /** Null when none was asked for, or none could be prepared. */
    readonly branch: RevertBranch | null;
  };
