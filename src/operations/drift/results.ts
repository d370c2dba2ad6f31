import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CommitId, HostName, WorkspaceName } from '../../model/brand.ts';
import type { DriftFile, DriftState } from '../../model/drift.ts';
import type { ExitCode } from '../../model/outcome.ts';
import type { LockHolderTold, OpenRunTold } from '../open-run-results.ts';

export interface DriftResult {
  readonly host: HostName;
  readonly head: CommitId | null;
  /** Whose plan files tell what is desired; `null`: none are here, or they cannot be read. */
  readonly workspace: WorkspaceName | null;
  /** Every managed file, and those that plan files name and no run has recorded yet. Sorted by path. */
  readonly files: readonly DriftFileTold[];
  /** Items by state; what is ignored is in `ignored` only. */
  readonly counts: Readonly<Record<DriftState | 'ignored', number>>;
  readonly openRuns: readonly OpenRunTold[];
  /** The living process whose work open runs are; `null`: nobody works on them. */
  readonly holder: LockHolderTold | null;
  readonly warnings: readonly Diagnostic[];
  /** 0 no drift, 2 drift, 1 no drift found, but something could not be compared. */
  readonly exitCode: ExitCode;
}

export interface DriftFileTold extends DriftFile {
  /** Shell commands, where mode or owner differ and no plan declares them, or a link leads elsewhere. */
  readonly putBack?: readonly string[];
  /** Only of files that are not as recorded. */
  readonly since?: {
    /** ISO 8601: it was as recorded then. */
    readonly after: string | null;
    /** ISO 8601: it differed then. */
    readonly before: string | null;
  };
}
