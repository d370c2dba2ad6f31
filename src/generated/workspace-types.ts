// Generated from schemas/ by scripts/generate.ts. Do not edit.

export type Name = string;
export type HostName = string;
export type GitRemote = string;
export type GitBranch = string;
/**
 * Private ssh key, an absolute path on the machine that runs setpoint (not below its root), that signs each commit of the recorded state. Default: none.
 */
export type SigningKey = string;
/**
 * Allowed signers file (ssh-keygen(1)), absolute or relative to the workspace, that `setpoint state verify` holds signatures against. Default: none.
 */
export type AllowedSigners = string;
/**
 * Go-style duration with unit: `300s`, `1m30s`, `500ms`, `1h`.
 */
export type Duration = string;
export type Count = number;
/**
 * Newest snapshots that always stay. Default: 10.
 */
export type Count1 = number;
export type Periods = number;
export type PathGlob = string;
/**
 * One item of the file by its name: a flag (a list flag with all its elements), `content`, `mode` or `owner`. Default: everything.
 */
export type ItemName = string;
/**
 * Why this is no drift.
 */
export type Reason = string;
export type Date = string;
/**
 * Rules for what this workspace owns. Apply still writes what plan files declare.
 */
export type IgnoredDrift = Rule[];
/**
 * Minute, hour, day of month, month, day of week, as Kubernetes' CronJobs read them: `0 22 * * 1-5`; or `@daily` and its like.
 */
export type Schedule = string;
/**
 * IANA name of the zone whose clocks the schedule goes by: `Europe/Berlin`, `UTC`.
 */
export type TimeZone = string;
export type PlanPattern = string;
/**
 * Globs on names of plans (`apiserver-*`, `*` for all) and on `PLAN/RESOURCE` (`db/nightly-*`); `*` does not cross the slash.
 *
 * @minItems 1
 * @maxItems 100
 */
export type PlanPatterns = PlanPattern[];
/**
 * Why; shown with a refusal.
 */
export type Reason1 = string;
/**
 * When plans may change a host. A plan that no `allow` window concerns may be applied at any time that no `deny` window closes; reverts always run.
 *
 * @maxItems 100
 */
export type ChangeWindows = Window[];

/**
 * `setpoint.yaml` at the top of the git repository that holds `plans/`.
 */
export interface WorkspaceDocument {
  name: Name;
  /**
   * Names of the hosts that this workspace manages.
   */
  hosts?: HostName[];
  /**
   * Version of the CIS Kubernetes benchmark that `setpoint audit` and audits such as `cis/1.2.15` mean. Default: none for those, and the one for the version of the images for `setpoint audit`.
   */
  cis?: 'cis-1.9' | 'cis-1.10' | 'cis-1.11' | 'cis-1.12' | 'cis-2.0' | 'cis-2.1';
  /**
   * How the flags of manifests are checked by the catalogue, where neither the resource nor its plan file says it; the values are those of a resource. Default: strict.
   */
  catalogue?: 'strict' | 'lenient' | 'off';
  state?: RecordedState;
  gates?: GateDefaults;
  backups?: Backups;
  drift?: Drift;
  windows?: ChangeWindows;
  schedules?: Schedules;
}
/**
 * Where the recorded state of each host is pushed, and how it is signed.
 */
export interface RecordedState {
  remote?: GitRemote;
  branch?: GitBranch;
  signingKey?: SigningKey;
  allowedSigners?: AllowedSigners;
}
/**
 * What gates that do not say otherwise use.
 */
export interface GateDefaults {
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
/**
 * How long backups of replaced files are kept (a snapshot stays when any rule wants it) and where they are copied to.
 */
export interface Backups {
  keepLast?: Count1;
  keepWithin?: Duration;
  hourly?: Periods;
  daily?: Periods;
  weekly?: Periods;
  monthly?: Periods;
  mirror?: GitRemote;
}
/**
 * What `setpoint drift` and `setpoint status` do not count as drift.
 */
export interface Drift {
  ignore?: IgnoredDrift;
}
export interface Rule {
  path: PathGlob;
  item?: ItemName;
  reason: Reason;
  until?: Date;
}
export interface Window {
  name: Name;
  allow?: Schedule;
  deny?: Schedule;
  for: Duration;
  zone: TimeZone;
  plans: PlanPatterns;
  reason?: Reason1;
}
/**
 * What `setpoint plan` tells of the schedules that plans change.
 */
export interface Schedules {
  warnEvery?: Duration;
}
