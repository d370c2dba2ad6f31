/** Result shape of `setpoint drift --record`. Plain JSON, stable. */
import type { CommitId, HostPath } from '../../model/brand.ts';
import type { RunReport } from '../../model/outcome.ts';
import type { DriftResult } from '../drift/results.ts';

/** The host as it was seen, and what of it is recorded now. */
export interface DriftRecordResult extends DriftResult {
  readonly recorded: {
    /** The state commit; `null`: everything was recorded already, or nothing was begun. */
    readonly commit: CommitId | null;
    /** Managed files that somebody edited. */
    readonly edited: readonly HostPath[];
    /** Managed files that cannot be observed (any more): plans from the record say so. */
    readonly unobserved: readonly HostPath[];
    /** Managed files that can be observed again, and are as recorded. */
    readonly again: readonly HostPath[];
    /** Files that plans name and that nobody manages yet, by the name that plans use. */
    readonly seen: readonly HostPath[];
    /** What was recorded as seen and is so no longer: no plan names it, it is managed, or it cannot be recorded. */
    readonly dropped: readonly HostPath[];
  };
  /** Runs of dead commands that had to be settled; then nothing was recorded. */
  readonly recovered: readonly RunReport[];
}
