import type { ComponentName, RiskClass } from '../../catalogue/cis/row.ts';
import type { CisVersion } from '../../catalogue/cis/versions.ts';
import type { ExitCode } from '../../model/outcome.ts';

/** `manual`: flags do not tell it, a person has to look. `not-applicable`: the component is not here. */
export type AuditStanding = 'pass' | 'fail' | 'manual' | 'not-applicable';

export interface AuditedRow {
  readonly id: string;
  readonly title: string;
  readonly standing: AuditStanding;
  /** What was found. */
  readonly reason: string;
  /** Line of the manifest that shows it, from 1. */
  readonly line: number | null;
  readonly remedy: string;
  /** What the remedy needs beside the flag, or breaks. */
  readonly needs: string | null;
  /** A: nothing beside the flag; B: files or mounts; C: changes who may talk; D: putting the file back does not undo it. */
  readonly risk: RiskClass;
}

/** One component as it was found. */
export interface AuditedComponent {
  readonly component: ComponentName;
  /** Its manifest, or the kubelet's configuration; null: only its process was found. */
  readonly path: string | null;
  readonly container: string | null;
  /** Processes that were judged, too. */
  readonly pids: readonly number[];
  readonly rows: readonly AuditedRow[];
}

export type AuditScore = Readonly<Record<'pass' | 'fail' | 'manual' | 'notApplicable', number>>;

/** Several files of one directory that are the same pod: the kubelet runs one of them. */
export interface DuplicateManifest {
  /** `namespace/name`. */
  readonly pod: string;
  /** The last by name, which was judged. */
  readonly runs: string;
  /** What was not judged. */
  readonly others: readonly string[];
}

/** `setpoint audit`: what runs on a host against the rows of a benchmark that flags decide. */
export interface AuditResult {
  readonly profile: CisVersion;
  /** Who chose the profile: `--profile`, `cis:` of the workspace, or the version of the images. */
  readonly chosenBy: 'flag' | 'workspace' | 'image';
  /** Kubernetes as the images tell it, e.g. `1.31`; null where they do not. */
  readonly kubernetes: string | null;
  readonly components: readonly AuditedComponent[];
  /** Components of the benchmark that are not here, with their rows. */
  readonly absent: readonly {
    readonly component: ComponentName;
    readonly rows: readonly string[];
  }[];
  /** Files that could not be judged, with the reason: what they hold may be missing above. */
  readonly unread: readonly string[];
  readonly duplicates: readonly DuplicateManifest[];
  readonly score: AuditScore;
  readonly exitCode: ExitCode;
}
