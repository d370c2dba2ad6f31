/** Result shapes of `setpoint drift --restore`. Plain JSON, stable. */
import type { HostName, HostPath } from '../../model/brand.ts';
import type { DriftItem } from '../../model/drift.ts';
import type { RestoredFile, RestoreResult } from '../backups/results.ts';

/** What putting drift back would do, for the person who approves it. */
export interface DriftRestorePreview {
  readonly host: HostName;
  /** What goes back, by file. */
  readonly items: readonly (DriftItem & { readonly path: HostPath })[];
  readonly files: readonly RestoredFile[];
  /** Files that have it back already. */
  readonly unchanged: readonly HostPath[];
  /** What people have to know of the contents that return, one sentence each. */
  readonly warnings: readonly string[];
  readonly gates: readonly string[];
  readonly actions: readonly (readonly string[])[];
  /** True: it was only shown. */
  readonly dryRun: boolean;
}

export type DriftRestoreResult = DriftRestorePreview &
  Pick<RestoreResult, 'report' | 'recovered' | 'problems' | 'exitCode'>;
