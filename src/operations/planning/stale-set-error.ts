import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { FileConflict } from './conflict/file-conflict.ts';

/** SP3030, exit 6, with the files that somebody else changed since the set was made. */
export class StaleSetError extends SetpointError {
  readonly conflicts: readonly FileConflict[];

  constructor(problem: Diagnostic, conflicts: readonly FileConflict[]) {
    super(EXIT.stale, [problem]);
    this.conflicts = conflicts;
  }
}
