import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  Millis,
  PlanName,
  RealPath,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from '../../model/brand.ts';
import type { Step } from '../../model/change-set.ts';
import type { CheckResult, GateSpec } from '../../model/check.ts';
import type { FileState } from '../../model/file-image.ts';
import type { RunOperation } from '../../model/outcome.ts';
import type { ProcessBaseline } from '../../checks/process-baseline.ts';
import type { Settlement } from './settlement.ts';

/**
 * Version of the journal's form. A higher one in a file: a newer setpoint wrote it and has to settle it. Version 1 had no `method`;
 * 1 and 2 stored paths of the machine, 3 stores them from the root on (stored-paths.ts).
 */
export const JOURNAL_VERSION = 3;

/** What commits, reports and audit rows say about a run, without the workspace or the change set at hand. */
export interface RunHeader {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly file: WorkspacePath;
  readonly workspace: WorkspaceName;
  readonly host: HostName;
  readonly operation: RunOperation;
  readonly changeSet: Digest;
  /** Workspace commit, `+dirty` appended when inputs differed from it; `null` outside git. */
  readonly planCommit: string | null;
  readonly actor: string;
  readonly startedAt: string;
  readonly offline: boolean;
  readonly overrides: readonly string[];
  /** Path on this machine of the key that the run's commits are signed with; absent: they are not. */
  readonly signingKey?: string;
  /** One line an item change, for the commit message. */
  readonly changes: readonly string[];
}

/** A file's identity on this machine until it is replaced. */
export interface Inode {
  readonly dev: number;
  readonly ino: number;
}

/** One written file of a run. `null` states mean absent. */
export interface JournalFile {
  readonly path: HostPath;
  readonly realPath: RealPath;
  /** The path that the plan names, where that leads to `path` through symbolic links; absent: `path` itself. */
  readonly declared?: HostPath;
  /** The recorded state keeps no copy of it, before the run or by it: its backup goes to no mirror. */
  readonly noCopy?: true;
  readonly before: FileState | null;
  readonly after: FileState | null;
  /** The old file as found; it is also linked at `oldPath` until the decision. */
  readonly oldInode: Inode | null;
  readonly newInode: Inode | null;
  readonly stageDirectory: RealPath;
  readonly oldPath: RealPath | null;
  readonly newPath: RealPath | null;
  /** Absent: replaced by rename. `in-place`: written through its own inode (bind mounts); the old content is a copy at `oldPath`. */
  readonly method?: 'in-place';
  /** The old content with an edit of somebody else in it: what a revert puts in place of what it found (splice-foreign.ts). */
  readonly spliced?: FileState;
  /** `spliced` is the old content with the mark of a fresh identity instead; there from before it is written, so that no run tries it twice. */
  readonly renewed?: true;
}

/** Directories a run makes, known before it makes them, so that recovery can take them away again. */
export interface Intent {
  /** `.setpoint-stage-<run>` directories; earlier versions: `.setpoint-stage/<run>`. */
  readonly stageDirectories: readonly RealPath[];
  /** Missing parents of new files, outermost first. Removed on a revert when empty. */
  readonly createdDirectories: readonly RealPath[];
}

/** Of a run that records nothing in the state repository. */
export const NO_TREES: PreparedTrees = {
  parent: null,
  earlier: [],
  kept: '',
  held: '',
  unchanged: '',
};

/** Tree objects in the state repository, durable before the first rename. */
export interface PreparedTrees {
  readonly parent: CommitId | null;
  /** Commits of this run that are already on the branch (`observed`), oldest first. */
  readonly earlier: readonly CommitId[];
  readonly kept: string;
  /** With the hold. */
  readonly held: string;
  /** As recorded before the run. */
  readonly unchanged: string;
}

interface JournalBase {
  readonly toolVersion: string;
  readonly header: RunHeader;
  readonly intent: Intent;
}

/** Written before anything is staged: nothing of the host has changed but the directories named in the intent. */
export interface StagingJournal extends JournalBase {
  readonly phase: 'staging';
}

/** The commit point: every new byte is durable, every old inode is linked, nothing is renamed yet. */
export interface CommittedJournal extends JournalBase {
  readonly phase: 'committed';
  readonly files: readonly JournalFile[];
  readonly steps: readonly Step[];
  readonly gates: readonly GateSpec[];
  /** Gate results before the run: a revert has to be at least as good. */
  readonly before: readonly CheckResult[];
  /** Processes that ran before the first write. */
  readonly processes: ProcessBaseline;
  readonly trees: PreparedTrees;
  /**
   * The run has no gates and was decided at its commit point: this very record is the decision. It leaves no commit, report or
   * backup. Absent: the decision file decides.
   */
  readonly decided?: 'keep';
  /** Milliseconds to wait for `setpoint confirm` once everything is proven; absent: decided at once. */
  readonly confirmWithin?: Millis;
  /** Set when a revert failed: a person is needed, later applies to these files are refused. */
  readonly failure: RevertFailure | null;
  /** What a person chose for the files, from before the first of them is written; whoever goes on carries it out. */
  readonly settlement?: Settlement;
}

export interface RevertFailure {
  readonly reason: string;
  readonly manualCommands: readonly string[];
}

export type Journal = StagingJournal | CommittedJournal;
