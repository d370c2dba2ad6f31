// Generated from schemas/ by scripts/generate.ts. Do not edit.

/**
 * Version of the plan file format; always `v1`.
 */
export type FormatVersion = 'v1';
export type Name = string;
/**
 * Glob on the host name, e.g. `cp-*`; with a leading `!` it takes hosts out again.
 */
export type HostGlob = string;
/**
 * One managed thing; `kind` says what.
 */
export type Resource = ManifestResource | FileResource | CrontabResource | ScheduleResource | CronJobResource;
export type HostPath = string;
export type ContainerName = string;
/**
 * A scalar is the exact text of the value; `null`: the flag must not be set; `include`/`exclude`: elements of a list flag; `entries`: entries of a map flag.
 */
export type FlagValue =
  | string
  | number
  | boolean
  | null
  | {
      include?: ListElements;
      exclude?: ListElements;
      entries?: MapEntries;
    };
export type ListElement = string | number | boolean;
export type ListElements = ListElement[];
export type EntryValue = string | number | boolean | null;
/**
 * @minItems 1
 */
export type Mounts = Mount[];
export type GatesOfAResource = string | Gate[];
/**
 * A health check; `kind` says how.
 */
export type Gate = HTTPGate | TCPGate | CommandGate | ProcessGate | EtcdQuorumGate;
export type URL = string;
export type HTTPStatus = number;
export type Text = string;
export type HeaderValue = string;
export type File = string;
export type GatePhase = 'before' | 'after' | 'revert';
/**
 * Go-style duration with unit: `300s`, `1m30s`, `500ms`, `1h`.
 */
export type Duration = string;
export type Count = number;
export type Port = number;
export type GatePhase1 = 'before' | 'after' | 'revert';
export type Argument = string;
/**
 * @minItems 1
 */
export type ArgumentArray = Argument[];
export type ExitCode = number;
export type GatePhase2 = 'before' | 'after' | 'revert';
export type GatePhase3 = 'before' | 'after' | 'revert';
export type GatePhase4 = 'before' | 'after' | 'revert';
/**
 * A check that the change had its effect, or a row of the CIS benchmark that the container has to pass.
 */
export type AuditOfAManifest = RowOfABenchmark | Audit;
/**
 * `cis-1.12/1.2.15`; `cis/1.2.15` for the version that `cis:` in `setpoint.yaml` names.
 */
export type RowOfABenchmark = string;
/**
 * A check that the change had its effect; `kind` says how.
 */
export type Audit = HTTPAudit | TCPAudit | CommandAudit | ProcessAudit;
export type CatalogueRule = 'strict' | 'lenient' | 'off';
export type WorkspacePath = string;
/**
 * Permission bits in octal, in quotes: `"0600"`.
 */
export type FileMode = string;
export type EnvironmentValue = string | number | boolean;
export type Entry = {} | null;
export type ListPath = string;
export type FieldName = string;
export type GatesOfAPlan = Gate[];

/**
 * Desired state of something on hosts. One plan file is one unit of change, of commit and of revert.
 */
export interface SubstitutedPlan {
  setpoint: FormatVersion;
  name: Name;
  /**
   * What this plan is for, in one sentence; goes into history.
   */
  description?: string;
  /**
   * Globs on the host name; `!` takes hosts out again. Default: every host.
   *
   * @minItems 1
   */
  hosts?: HostGlob[];
  /**
   * Plans that must be applied on the same host before this one.
   */
  after?: Name[];
  vars?: Variables;
  /**
   * Variables by host name or glob; they win over `vars`, an exact name wins over a glob, a later glob over an earlier one.
   */
  hostVars?: {
    [k: string]: Variables;
  };
  /**
   * What this plan manages, by resource id; applied in file order.
   */
  resources: {
    [k: string]: Resource;
  };
  gates?: GatesOfAPlan;
  catalogue?: CatalogueRule;
}
export interface Variables {
  [k: string]: VariableValue;
}
/**
 * Any value. It cannot refer to other variables.
 */
export interface VariableValue {
  [k: string]: unknown;
}
/**
 * Flags and mounts of one container in a static-pod manifest.
 */
export interface ManifestResource {
  /**
   * Flags and mounts in a static-pod manifest.
   */
  kind: 'manifest';
  path: HostPath;
  container?: ContainerName;
  flags?: Flags;
  mounts?: Mounts;
  /**
   * `strict`: flags that name files and directories are compared with the mounts of the container and with the host before anything is written. `off`: not, for paths inside of the image. Default: strict.
   */
  pathCheck?: 'strict' | 'off';
  gates?: GatesOfAResource;
  /**
   * Checks, after the gates, that the change had its intended effect, and rows of the CIS benchmark such as `cis-1.12/1.2.15`; red means revert.
   */
  audits?: AuditOfAManifest[];
  /**
   * Commands run after the file was written and before the gates, and again after a revert.
   */
  onChange?: Action[];
  /**
   * `strict`: a new process with the expected arguments must be seen. `weak`: health answers are enough where processes cannot be seen. Default: strict.
   */
  restartProof?: 'strict' | 'weak';
  catalogue?: CatalogueRule;
  /**
   * `follow`: where a declared flag changes the address that the component listens on, host, port and scheme of the container's own httpGet and tcpSocket probes change with it, and return with it. Default: keep.
   */
  probes?: 'keep' | 'follow';
  /**
   * The manifest sets metadata.uid (RKE2, OpenShift): with every change it gets another one, which follows from the content, because the kubelet restarts such a pod for a new uid only.
   */
  uid?: 'renew';
  /**
   * A change that no restored file takes back, such as encryption at rest, is wanted all the same.
   */
  irreversible?: 'acknowledged';
  /**
   * How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the flags with their values. Default: full, but items for a file that looks like it holds a secret.
   */
  record?: 'full' | 'items' | 'digest';
  /**
   * `replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace.
   */
  write?: 'replace' | 'in-place';
}
export interface Flags {
  [k: string]: FlagValue;
}
export interface MapEntries {
  [k: string]: EntryValue;
}
export interface Mount {
  path: HostPath;
  hostPath?: HostPath;
  /**
   * The container cannot write there. Default: a new mount may be written to; one that is there stays as it is.
   */
  readOnly?: boolean;
  /**
   * What the kubelet checks or creates on the host before the pod starts; `""`: nothing. Default: nothing for a new volume; a volume that is there keeps its type.
   */
  type?: '' | 'DirectoryOrCreate' | 'Directory' | 'FileOrCreate' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice';
  name?: Name;
}
/**
 * A health check that asks an HTTP or HTTPS endpoint; red means revert.
 */
export interface HTTPGate {
  /**
   * A check that asks an HTTP or HTTPS endpoint.
   */
  kind: 'http';
  url: URL;
  /**
   * Request method. Default: GET.
   */
  method?: 'GET' | 'HEAD' | 'POST';
  /**
   * Accepted status codes. Default: 200 to 399.
   *
   * @minItems 1
   */
  status?: HTTPStatus[];
  body?: ExpectedText;
  expectHeaders?: Headers;
  headers?: Headers;
  ca?: File;
  cert?: File;
  key?: File;
  kubeconfig?: File;
  /**
   * Accept any server certificate. Default: false.
   */
  insecureSkipVerify?: boolean;
  id?: Name;
  /**
   * When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint.
   *
   * @minItems 1
   */
  phases?: GatePhase[];
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
export interface ExpectedText {
  contains?: Text;
  matches?: Text;
}
export interface Headers {
  [k: string]: HeaderValue;
}
/**
 * A health check that opens a TCP connection; red means revert.
 */
export interface TCPGate {
  /**
   * A check that opens a TCP connection.
   */
  kind: 'tcp';
  host: Text;
  port: Port;
  id?: Name;
  /**
   * When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint.
   *
   * @minItems 1
   */
  phases?: GatePhase1[];
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
/**
 * A health check that runs a program; red means revert.
 */
export interface CommandGate {
  /**
   * A check that runs a program.
   */
  kind: 'command';
  run: ArgumentArray;
  exitCode?: ExitCode;
  output?: ExpectedText;
  id?: Name;
  /**
   * When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint.
   *
   * @minItems 1
   */
  phases?: GatePhase2[];
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
/**
 * A health check that looks for a running process; red means revert.
 */
export interface ProcessGate {
  /**
   * A check that looks for a running process.
   */
  kind: 'process';
  argv: ArgumentArray;
  replaces?: ArgumentArray;
  /**
   * TCP ports that the process itself (or a child, or a new process of its pod) has to listen on, and nobody beside it.
   *
   * @minItems 1
   */
  listens?: Port[];
  id?: Name;
  /**
   * When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint.
   *
   * @minItems 1
   */
  phases?: GatePhase3[];
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
/**
 * A health check of an etcd cluster: it has quorum, and keeps it when one more member is lost; red means revert.
 */
export interface EtcdQuorumGate {
  /**
   * A check that counts the healthy members of an etcd cluster.
   */
  kind: 'etcd-quorum';
  /**
   * Client URLs; the first that answers names the members, e.g. `https://127.0.0.1:2379`.
   *
   * @minItems 1
   */
  endpoints: URL[];
  ca?: File;
  cert?: File;
  key?: File;
  /**
   * Accept any server certificate. Default: false.
   */
  insecureSkipVerify?: boolean;
  id?: Name;
  /**
   * When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint.
   *
   * @minItems 1
   */
  phases?: GatePhase4[];
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
/**
 * A check, after the gates, that the change had its effect; it asks an HTTP or HTTPS endpoint.
 */
export interface HTTPAudit {
  /**
   * A check that asks an HTTP or HTTPS endpoint.
   */
  kind: 'http';
  url: URL;
  /**
   * Request method. Default: GET.
   */
  method?: 'GET' | 'HEAD' | 'POST';
  /**
   * Accepted status codes. Default: 200 to 399.
   *
   * @minItems 1
   */
  status?: HTTPStatus[];
  body?: ExpectedText;
  expectHeaders?: Headers;
  headers?: Headers;
  ca?: File;
  cert?: File;
  key?: File;
  kubeconfig?: File;
  /**
   * Accept any server certificate. Default: false.
   */
  insecureSkipVerify?: boolean;
  timeout?: Duration;
}
/**
 * A check, after the gates, that the change had its effect; it opens a TCP connection.
 */
export interface TCPAudit {
  /**
   * A check that opens a TCP connection.
   */
  kind: 'tcp';
  host: Text;
  port: Port;
  timeout?: Duration;
}
/**
 * A check, after the gates, that the change had its effect; it runs a program.
 */
export interface CommandAudit {
  /**
   * A check that runs a program.
   */
  kind: 'command';
  run: ArgumentArray;
  exitCode?: ExitCode;
  output?: ExpectedText;
  timeout?: Duration;
}
/**
 * A check, after the gates, that the change had its effect; it looks for a running process.
 */
export interface ProcessAudit {
  /**
   * A check that looks for a running process.
   */
  kind: 'process';
  argv: ArgumentArray;
  replaces?: ArgumentArray;
  /**
   * TCP ports that the process itself (or a child, or a new process of its pod) has to listen on, and nobody beside it.
   *
   * @minItems 1
   */
  listens?: Port[];
  timeout?: Duration;
}
/**
 * A command after the file was written, and again after a revert.
 */
export interface Action {
  run: ArgumentArray;
  timeout?: Duration;
}
/**
 * A whole file: its content, or its absence.
 */
export interface FileResource {
  /**
   * A whole file.
   */
  kind: 'file';
  path: HostPath;
  source?: WorkspacePath;
  /**
   * The content itself.
   */
  content?: string;
  /**
   * The file must not exist.
   */
  absent?: true;
  mode?: FileMode;
  gates?: GatesOfAResource;
  /**
   * Checks, after the gates, that the change had its intended effect; red means revert.
   */
  audits?: Audit[];
  /**
   * Commands run after the file was written and before the gates, and again after a revert.
   */
  onChange?: Action[];
  /**
   * How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `digest`: no copies, only SHA-256 digests. Default: full, but digest for content that looks like a secret.
   */
  record?: 'full' | 'items' | 'digest';
  /**
   * `replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace.
   */
  write?: 'replace' | 'in-place';
}
/**
 * Jobs and environment of cron; only the lines it declares are touched.
 */
export interface CrontabResource {
  /**
   * Lines of a crontab.
   */
  kind: 'crontab';
  path?: HostPath;
  user?: Text;
  jobs?: CronJobs;
  environment?: CronEnvironment;
  /**
   * `%` of a command is written as `\%`, so that the shell gets the command as declared. `false`: commands are written as a crontab has them, where `%` begins what the command reads. Default: true.
   */
  escapePercent?: boolean;
  gates?: GatesOfAResource;
  /**
   * Checks, after the gates, that the change had its intended effect; red means revert.
   */
  audits?: Audit[];
  /**
   * Commands run after the file was written and before the gates, and again after a revert.
   */
  onChange?: Action[];
  /**
   * How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared lines. Default: full, but items for a file that looks like it holds a secret.
   */
  record?: 'full' | 'items';
}
export interface CronJobs {
  [k: string]: CronJob | null;
}
export interface CronJob {
  /**
   * Five fields, or a word such as `@daily`, as Debian's cron reads them.
   */
  schedule: string;
  /**
   * User that it runs as; only and always in `/etc/crontab` and `/etc/cron.d`.
   */
  user?: string;
  /**
   * What the shell is to run; one line.
   */
  command: string;
}
export interface CronEnvironment {
  [k: string]: EnvironmentValue;
}
/**
 * Entries of a list of jobs in a YAML or JSON file, each owned for itself; everything else in the file stays byte for byte.
 */
export interface ScheduleResource {
  /**
   * Entries of a list of jobs in a YAML or JSON file.
   */
  kind: 'schedule';
  path: HostPath;
  /**
   * Who reads the schedules: `kubernetes` (robfig/cron v3, as CronJobs), `crontab` (Debian's cron), `extended` (cron-parser: seconds, L, # and H). They look alike and mean different things, so there is no default.
   */
  dialect: 'kubernetes' | 'crontab' | 'extended';
  entries?: Entries;
  global?: GlobalSettings;
  list?: ListPath;
  key?: FieldName;
  scheduleField?: FieldName;
  schema?: WorkspacePath;
  gates?: GatesOfAResource;
  /**
   * Checks, after the gates, that the change had its intended effect; red means revert.
   */
  audits?: Audit[];
  /**
   * Commands run after the file was written and before the gates, and again after a revert.
   */
  onChange?: Action[];
  /**
   * How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared entries with their values. Default: full, but items for a file that looks like it holds a secret.
   */
  record?: 'full' | 'items' | 'digest';
  /**
   * `replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace.
   */
  write?: 'replace' | 'in-place';
}
/**
 * Entries by name: all their fields but the name, as they are to be; `null`: there must be none of that name.
 */
export interface Entries {
  [k: string]: Entry;
}
/**
 * Fields of `global` in the document, each owned for itself; `null`: must not be there.
 */
export interface GlobalSettings {}
/**
 * When and how a CronJob runs, in a Kubernetes manifest on disk; only the fields it declares are touched.
 */
export interface CronJobResource {
  /**
   * Fields of a CronJob in a Kubernetes manifest.
   */
  kind: 'cronjob';
  path: HostPath;
  name?: Text;
  namespace?: Text;
  schedule?: Text;
  /**
   * IANA name of the zone of the schedule; `null`: none, which is the zone of kube-controller-manager.
   */
  timeZone?: Text | null;
  /**
   * No more jobs are started; `null`: not said.
   */
  suspend?: boolean | null;
  /**
   * What happens where the last job still runs; `null`: not said.
   */
  concurrencyPolicy?: ('Allow' | 'Forbid' | 'Replace') | null;
  /**
   * Seconds after its time in which a job is still started; `null`: without end.
   */
  startingDeadlineSeconds?: number | null;
  /**
   * How many successful jobs stay; `null`: not said.
   */
  successfulJobsHistoryLimit?: number | null;
  /**
   * How many failed jobs stay; `null`: not said.
   */
  failedJobsHistoryLimit?: number | null;
  gates?: GatesOfAResource;
  /**
   * Checks, after the gates, that the change had its intended effect; red means revert.
   */
  audits?: Audit[];
  /**
   * Commands run after the file was written and before the gates, and again after a revert.
   */
  onChange?: Action[];
  /**
   * `replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace.
   */
  write?: 'replace' | 'in-place';
  /**
   * How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared entries with their values. Default: full, but items for a file that looks like it holds a secret.
   */
  record?: 'full' | 'items' | 'digest';
}
