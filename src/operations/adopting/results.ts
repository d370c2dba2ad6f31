import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type {
  HostName,
  HostPath,
  ItemKey,
  PlanName,
  ResourceId,
  WorkspaceName,
  WorkspacePath,
} from '../../model/brand.ts';
import type { ItemValue } from '../../model/item.ts';

/** What `setpoint drift --adopt` wrote, or would write. */
export interface AdoptResult {
  readonly host: HostName;
  readonly workspace: WorkspaceName;
  readonly items: readonly AdoptedItem[];
  /** Workspace files, in path order. */
  readonly files: readonly AdoptedFile[];
  /** False: `--dry-run`, or nothing to write. */
  readonly written: boolean;
  /** Items that plan files declare as they are on the host and no run has recorded yet. */
  readonly pending: number;
  readonly warnings: readonly Diagnostic[];
}

export interface AdoptedItem {
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  readonly plan: PlanName;
  readonly resource: ResourceId;
  readonly desiredBefore: ItemValue;
  readonly live: ItemValue;
}

export interface AdoptedFile {
  readonly path: WorkspacePath;
  /** Unified, with three lines of context; of a file with content that is recorded without a copy, only that it differs. */
  readonly diff: string;
}
