import type {
  Digest,
  HostPath,
  Millis,
  PlanName,
  ResourceId,
  WorkspaceName,
  WorkspacePath,
} from './brand.ts';
import type { BackupSettings } from './backup.ts';
import type { ActionSpec, AuditSpec, GateSpec } from './check.ts';
import type { JsonObject, JsonValue, SourceSpot } from './item.ts';

export type KindName = 'manifest' | 'file' | 'crontab' | 'schedule' | 'cronjob';

/** Declared flag: exact text, `null` = must be absent, or elements of a list or map flag. */
export type FlagDeclaration =
  | { readonly form: 'value'; readonly value: string }
  | { readonly form: 'absent' }
  | {
      readonly form: 'elements';
      readonly include: readonly string[];
      readonly exclude: readonly string[];
    }
  | { readonly form: 'entries'; readonly entries: Readonly<Record<string, string | null>> };

/** How a file gets its new content when not by a rename: through its own inode, as a mount point needs it. */
export type WriteMethod = 'in-place';

/** How much of a managed file git keeps. `items`: no copies. `digest`: nor any value, only digests. */
export type RecordRule = 'full' | 'items' | 'digest';

/** How flags that the catalogue does not know are taken: `lenient` warns, `off` does not look. Not said: they are refused. */
export type CatalogueRule = 'lenient' | 'off';
/** What the kubelet checks or creates on the host before the pod starts; `''`: nothing. */
export type HostPathType =
  | ''
  | 'DirectoryOrCreate'
  | 'Directory'
  | 'FileOrCreate'
  | 'File'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice';

/** A path of the host that the container sees. */
export interface MountDeclaration {
  readonly path: HostPath;
  readonly hostPath: HostPath;
  /** `null`: as a mount that is there says, a new one may be written to. */
  readonly readOnly: boolean | null;
  /** `null`: whatever a volume that is there has, nothing for a new one. */
  readonly type: HostPathType | null;
  /** Of a volume that has to be added; `null`: derived from `hostPath`. */
  readonly name: string | null;
}

export interface ManifestSpec {
  readonly kind: 'manifest';
  readonly path: HostPath;
  /** Default: the only container. */
  readonly container: string | null;
  readonly flags: Readonly<Record<string, FlagDeclaration>>;
  /** Absent: none. */
  readonly mounts?: readonly MountDeclaration[];
  /** Path-valued flags are not compared with mounts and host. Absent: they are. */
  readonly pathCheck?: 'off';
  readonly restartProof: 'strict' | 'weak';
  readonly catalogue?: CatalogueRule;
  /** The pod's own uid is replaced with every change of its content. */
  readonly uid?: 'renew';
  /** The container's own probes go where the declared address flags lead. */
  readonly probes?: 'follow';
  /** What restoring the file cannot undo is wanted all the same. */
  readonly irreversible?: 'acknowledged';
  readonly write?: WriteMethod;
  readonly record?: RecordRule;
}

export interface FileSpec {
  readonly kind: 'file';
  readonly path: HostPath;
  /** `null` = the file must not exist. */
  readonly content: Uint8Array | null;
  /** Permission bits; `null` = keep, or 0644 for a new file. */
  readonly mode: number | null;
  /** Where the content came from, when from the workspace. */
  readonly source: WorkspacePath | null;
  readonly write?: WriteMethod;
  readonly record?: RecordRule;
}

export interface CrontabJob {
  readonly schedule: string;
  /** Only in system crontabs; `null`: the crontab's own user. */
  readonly user: string | null;
  /** What the shell is to run; as the crontab has it where percent signs are not escaped. */
  readonly command: string;
}

export interface CrontabSpec {
  readonly kind: 'crontab';
  readonly path: HostPath;
  /** Whose crontab in the spool it is; `null`: a system crontab, whose lines name a user. */
  readonly owner: string | null;
  /** By id; `null` = must not exist. */
  readonly jobs: Readonly<Record<string, CrontabJob | null>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Commands are written as they are. Absent: `%` as `\%`. */
  readonly escapePercent?: false;
  readonly write?: WriteMethod;
  readonly record?: RecordRule;
}

/** Entries of a list of jobs in a YAML or JSON file, each owned for itself. */
export interface ScheduleSpec {
  readonly kind: 'schedule';
  readonly path: HostPath;
  /** Who reads the schedules. */
  readonly dialect: 'kubernetes' | 'crontab' | 'extended';
  /** By name: the fields of the entry without its name; `null`: it must not exist. */
  readonly entries: Readonly<Record<string, JsonObject | null>>;
  /** Fields of `global` at the top of the document; `null`: must not be there. */
  readonly global: JsonObject;
  /** Keys from the top of the document to the list; empty: the document is the list. */
  readonly list: readonly string[];
  /** Field of an entry that names it. */
  readonly key: string;
  /** Field of an entry that says when it runs. */
  readonly scheduleField: string;
  readonly schema: 'own' | 'none' | GivenSchema;
  readonly write?: WriteMethod;
  readonly record?: RecordRule;
}

/** A JSON Schema of the workspace. */
export interface GivenSchema {
  readonly source: WorkspacePath;
  readonly bytes: Uint8Array;
}

export type CronJobField =
  | 'schedule'
  | 'timeZone'
  | 'suspend'
  | 'concurrencyPolicy'
  | 'startingDeadlineSeconds'
  | 'successfulJobsHistoryLimit'
  | 'failedJobsHistoryLimit';

/** Fields of a CronJob in a Kubernetes manifest. */
export interface CronJobSpec {
  readonly kind: 'cronjob';
  readonly path: HostPath;
  /** `null`: the only one of the file. */
  readonly name: string | null;
  /** `null`: whichever it has. */
  readonly namespace: string | null;
  /** `null`: must not be there. Absent: not declared. */
  readonly fields: Readonly<Partial<Record<CronJobField, string | number | boolean | null>>>;
  readonly write?: WriteMethod;
  readonly record?: RecordRule;
}

export type ResourceSpec = ManifestSpec | FileSpec | CrontabSpec | ScheduleSpec | CronJobSpec;

export interface ResolvedResource {
  readonly id: ResourceId;
  readonly spec: ResourceSpec;
  /** `default` = derived from the file by its kind. Explicit `[]` = none. */
  readonly gates: 'default' | readonly GateSpec[];
  readonly audits: readonly AuditSpec[];
  readonly onChange: readonly ActionSpec[];
  readonly at: SourceSpot;
  /** Where each flag is declared, by its name without dashes and with `-` for `_`. */
  readonly flagsAt?: Readonly<Record<string, SourceSpot>>;
}

/** A plan file after validation and substitution for one host. */
export interface ResolvedPlan {
  readonly name: PlanName;
  readonly file: WorkspacePath;
  readonly description: string;
  readonly after: readonly PlanName[];
  readonly resources: readonly ResolvedResource[];
  readonly gates: readonly GateSpec[];
  /** Workspace files a run needs beside the plan file (sources, check scripts, certificates), with digests. */
  readonly workspaceFiles: readonly WorkspaceFile[];
  /** Covers everything above except positions: same desired state, same digest. */
  readonly inputDigest: Digest;
}

export interface WorkspaceFile {
  readonly path: WorkspacePath;
  readonly sha256: string;
  readonly executable: boolean;
}

/** `setpoint.yaml`. */
export interface WorkspaceConfig {
  readonly name: WorkspaceName;
  /** Host names that the workspace expects to manage; empty = not declared. */
  readonly hosts: readonly string[];
  /** Version of the CIS benchmark, `cis-1.12`; `null` = not said. */
  readonly cis: string | null;
  /** For manifests of which neither resource nor plan file says it; `null` = not said, which is `strict`. */
  readonly catalogue: 'strict' | CatalogueRule | null;
  readonly stateRemote: string | null;
  readonly stateBranch: string | null;
  /** Private key on the machine that runs setpoint, absolute. */
  readonly signingKey: string | null;
  /** Absolute, or relative to the workspace. */
  readonly allowedSigners: string | null;
  readonly gates: GateDefaults;
  readonly backups: BackupSettings;
  readonly drift: { readonly ignore: readonly IgnoreRule[] };
  readonly windows: readonly ChangeWindow[];
  /** What plans tell of schedules: `warnEvery` is the distance of two runs below which a plan warns. */
  readonly schedules: { readonly warnEvery: Millis };
}

/** When plans may change a host (`allow`), or must not (`deny`). */
export interface ChangeWindow {
  readonly name: string;
  readonly rule: 'allow' | 'deny';
  /** When it begins: five fields or a word, as Kubernetes reads them. Valid. */
  readonly schedule: string;
  /** How long it lasts each time. */
  readonly for: Millis;
  /** An IANA name that is known. */
  readonly zone: string;
  /** Globs on `PLAN` and `PLAN/RESOURCE`. */
  readonly plans: readonly string[];
  readonly reason: string | null;
}

/** What `drift` finds and does not count. */
export interface IgnoreRule {
  /** Glob on paths of the host. */
  readonly path: string;
  /** Name of an item, of a list flag, `mode` or `owner`; `null` = everything in the file. */
  readonly item: string | null;
  readonly reason: string;
  /** The last day on which it holds, UTC: `2026-12-31`; `null` = for good. */
  readonly until: string | null;
  readonly at: SourceSpot;
}

/** What gates that do not say otherwise use; `timeout` also for audits. */
export interface GateDefaults {
  readonly within: Millis;
  readonly every: Millis;
  readonly timeout: Millis;
  readonly successes: number;
}

export type Variables = Readonly<Record<string, JsonValue>>;
