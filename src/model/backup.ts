import type {
  Digest,
  HostName,
  HostPath,
  Millis,
  PlanName,
  RunId,
  WorkspaceName,
} from './brand.ts';
import type { FileState } from './file-image.ts';
import type { RunOperation } from './outcome.ts';

/** One file of a snapshot: what it was before the run. Its bytes are the object `before.sha256`. */
export interface SnapshotFile {
  readonly path: HostPath;
  /** `null`: there was no such file. */
  readonly before: FileState | null;
  /** Its content never leaves this host's state directory (mirrors leave it out). */
  readonly sensitive: boolean;
}

/** What a kept run replaced: `<state-dir>/backups/snapshots/<seq>-<run>.json`. */
export interface Snapshot {
  readonly formatVersion: 1;
  readonly run: RunId;
  /** Grows with every snapshot of this host. Clocks jump, this does not: it orders snapshots. */
  readonly seq: number;
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  readonly host: HostName;
  readonly operation: RunOperation;
  readonly outcome: 'applied';
  /** ISO 8601, by the host's clock. */
  readonly time: string;
  readonly files: readonly SnapshotFile[];
  /** Over all members above. */
  readonly digest: Digest;
}

/** A snapshot stays when any of these rules wants it. Counts are of periods (UTC) that have a snapshot; the newest of each stays. */
export interface RetentionRules {
  readonly keepLast: number;
  readonly keepWithin: Millis;
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/** `backups:` of `setpoint.yaml`. */
export interface BackupSettings {
  readonly rules: RetentionRules;
  /** An absolute path of the host (a directory), anything else is a git remote. `null`: no mirror. */
  readonly mirror: string | null;
}

/** What a workspace that says nothing keeps. */
export const DEFAULT_RETENTION: RetentionRules = {
  keepLast: 10,
  keepWithin: (7 * 24 * 3_600_000) as Millis,
  hourly: 0,
  daily: 0,
  weekly: 0,
  monthly: 0,
};
