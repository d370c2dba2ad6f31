// Generated from schemas/ by scripts/generate.ts. Do not edit.

export type Digest = string;
export type Name = string;
export type WorkspacePath = string;
export type HostPath = string;
/**
 * `null` means absent.
 */
export type ItemValue = string | null;
export type SHA256 = string;
export type PermissionBits = number;
export type RecordRule = 'full' | 'items' | 'digest';
export type Check = HttpCheck | TcpCheck | CommandCheck | ProcessCheck | EtcdQuorumCheck | RowOfTheCISBenchmark;
/**
 * @minItems 1
 */
export type ArgumentArray = string[];
export type Milliseconds = number;
export type Resource = Manifest | File;
export type CommitId = string;

/**
 * The computed difference between plan files and one host; `apply` executes exactly this.
 */
export interface ChangeSetDocument {
  /**
   * Major.minor version of this format.
   */
  formatVersion: '1.0';
  digest: Digest;
  /**
   * The only host it may be applied on.
   */
  host: string;
  /**
   * Name of the workspace it was made from.
   */
  workspace: string;
  request: Request;
  /**
   * One part for each plan file with something to do, in execution order.
   */
  parts: PlanPart[];
  /**
   * Not applied after this time (UTC), which the digest covers; absent: no such time.
   */
  notAfter?: string;
  meta: Circumstances;
}
export interface Request {
  /**
   * Empty: every plan, and releases of deleted ones.
   */
  plans: Name[];
  /**
   * Plans that may take back what no restored file does (--acknowledge-irreversible); absent: none.
   */
  acknowledged?: Name[];
  vars: OpaqueObject;
}
export interface OpaqueObject {
  [k: string]: unknown;
}
/**
 * What one plan file does on this host: one run, one commit.
 */
export interface PlanPart {
  plan: Name;
  file: WorkspacePath;
  operation: 'apply' | 'release';
  inputDigest: Digest;
  items: ItemChange[];
  files: FileChange[];
  steps: Step[];
  gates: Gate[];
  workspaceFiles: WorkspaceFile[];
  record: GatesByFile;
  /**
   * Plans that own nothing any more once this part has taken over their items.
   */
  retires: Name[];
  unchanged: number;
  warnings: (
    | {
        /**
         * Stable diagnostic code.
         */
        code: string;
        message: string;
        /**
         * Where the plan file declares what it is about.
         */
        at?: {
          file: string;
          line: number;
          column: number;
        };
      }
    | string
  )[];
}
export interface ItemChange {
  action: 'add' | 'change' | 'remove' | 'adopt' | 'move' | 'release' | 'forget' | 'record';
  resource: string;
  path: HostPath;
  key: string;
  label: string;
  cause: 'pending' | 'drifted' | 'both';
  recorded?: ItemValue;
  live: ItemValue;
  desired: ItemValue;
  before: OpaqueObject;
  movedFrom?: Name;
}
export interface FileChange {
  path: HostPath;
  declared: HostPath;
  linkText: string | null;
  kind: 'manifest' | 'file' | 'crontab' | 'schedule' | 'cronjob';
  watched: boolean;
  write: boolean;
  /**
   * Left out: replaced by a rename.
   */
  method?: 'in-place';
  before: FileState | null;
  after: FileStateAfter | null;
  splice: Splice | null;
  lastRun: string | null;
  foreignEdit: boolean;
  record?: FileRecord;
  restart: 'expected' | 'none' | 'not-applicable';
  resources: string[];
}
export interface FileState {
  sha256: SHA256;
  size: number;
  mode: PermissionBits;
  uid: number;
  gid: number;
}
export interface FileStateAfter {
  sha256: SHA256;
  size: number;
  mode: PermissionBits;
}
export interface Splice {
  offset: number;
  length: number;
  text: string;
  encoding: 'utf8' | 'base64';
}
/**
 * How much of the file is recorded. Left out: everything, as before.
 */
export interface FileRecord {
  rule: RecordRule;
  /**
   * It looks like a secret, or did once.
   */
  secret?: true;
  was?: RecordRule;
}
export interface Step {
  path: HostPath;
  gates: Gate[];
  onChange: Action[];
  audits: Audit[];
}
export interface Gate {
  id: string;
  phases: ('before' | 'after' | 'revert')[];
  check: Check;
  within: Milliseconds;
  every: Milliseconds;
  timeout: Milliseconds;
  successes: number;
}
export interface HttpCheck {
  kind: 'http';
  url: string;
  method?: 'GET' | 'HEAD' | 'POST';
  status?: number[];
  body?: ExpectedText;
  expectHeaders?: TextByName;
  headers?: TextByName;
  ca?: string;
  cert?: string;
  key?: string;
  kubeconfig?: string;
  kubeconfigIfThere?: string;
  insecureSkipVerify?: boolean;
  asKubelet?: true;
}
export interface ExpectedText {
  contains?: string;
  matches?: string;
}
export interface TextByName {
  [k: string]: string;
}
export interface TcpCheck {
  kind: 'tcp';
  host: string;
  port: number;
}
export interface CommandCheck {
  kind: 'command';
  run: ArgumentArray;
  exitCode?: number;
  output?: ExpectedText;
}
export interface ProcessCheck {
  kind: 'process';
  argv: ArgumentArray;
  replaces?: ArgumentArray;
  listens?: number[];
  container?: PodContainer;
}
export interface PodContainer {
  namespace: string;
  pod: string;
  container: string;
}
export interface EtcdQuorumCheck {
  kind: 'etcd-quorum';
  /**
   * Voting members that may be lost on top of what quorum needs. Absent: 1.
   */
  spare?: 0;
  endpoints: string[];
  ca?: string;
  cert?: string;
  key?: string;
  insecureSkipVerify?: boolean;
}
export interface RowOfTheCISBenchmark {
  kind: 'cis';
  version: string;
  row: string;
  path: HostPath;
  container: string | null;
}
export interface Action {
  run: ArgumentArray;
  timeout: Milliseconds;
}
export interface Audit {
  id: string;
  check: Check;
  timeout: Milliseconds;
}
export interface WorkspaceFile {
  path: WorkspacePath;
  sha256: SHA256;
  executable: boolean;
}
export interface GatesByFile {
  files: {
    [k: string]: GatesOfAFile;
  };
  plan: Gate[];
}
export interface GatesOfAFile {
  gates: Gate[];
  /**
   * Resources whose gates are derived anew from the bytes of the moment.
   */
  derive: {
    id: string;
    spec: Resource;
  }[];
  onChange: Action[];
}
export interface Manifest {
  kind: 'manifest';
  path: HostPath;
  container: string | null;
  flags: OpaqueObject;
  restartProof: 'strict' | 'weak';
  /**
   * Left out: replaced by a rename.
   */
  write?: 'in-place';
}
export interface File {
  kind: 'file';
  path: HostPath;
  content: null;
  mode: PermissionBits | null;
  source: WorkspacePath | null;
  /**
   * Left out: replaced by a rename.
   */
  write?: 'in-place';
}
export interface Circumstances {
  commit: CommitId | null;
  dirty: string[];
  createdAt: string;
  actor: string;
  toolVersion: string;
  /**
   * Declared items that need nothing, also of plans without a part.
   */
  inSync: number;
  /**
   * Present when the set was planned from a record that lacks these files: it is incomplete and cannot be applied.
   *
   * @minItems 1
   */
  notObserved?: FileThatWasNotObserved[];
  diffs: TextByName;
}
export interface FileThatWasNotObserved {
  plan: string;
  path: HostPath;
  reason: string;
}
