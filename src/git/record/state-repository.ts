import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CommitId, HostName, HostPath, RealPath, RunId } from '../../model/brand.ts';
import type {
  ManagedFile,
  PlanRecord,
  RecordedState,
  SeenFile,
  SeenFiles,
} from '../../model/recorded-state.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import { createStateRepository } from './create-state-repository.ts';
import { formerRuns } from './former-runs.ts';
import { gitCommand } from '../git-command.ts';
import type { GitCommand } from '../git-command.ts';
import { contentsWherever } from './kept-aside.ts';
import { loadManaged } from './load-managed.ts';
import { loadSeen } from './load-seen.ts';
import { refuseLostRecord } from './lost-record.ts';
import { readBlobs } from '../objects/object-batch.ts';
import { removeScratch } from '../objects/object-scratch.ts';
import { packTogether } from '../objects/pack-together.ts';
import { preparing, type PreparedTrees } from './prepare-trees.ts';
import { recordedPast } from './recorded-past.ts';
import type { RecordedPast } from './recorded-past.ts';
import { clearStaleGitLocks } from '../objects/stale-locks.ts';
import { onFileSystem } from '../state-error.ts';
import { advanceBranch, branchHead, refuseOtherHost } from './state-branch.ts';
import { stateCommitId, writeJoiningCommit, writeStateCommit } from './state-commit.ts';
import type { JoiningCommitSpec } from './state-commit.ts';
import type { RecordOrigin } from './record-origin.ts';
import type { CommitSigner } from './commit-signature.ts';
import { commitsOfRuns, stateLog } from './state-history.ts';
import type { LogFilter, StateLogEntry } from './state-history.ts';
import { loadState } from './state-load.ts';
import { remembered, rememberedOfFew, stateMemory, type StateMemory } from './state-memory.ts';
import { stateSignatures } from './state-signatures.ts';
import type { StateSignatures } from './state-signatures.ts';
import { statePlace, stateRepositoryExists } from './state-paths.ts';
import type { StatePlace } from './state-paths.ts';
import { readWorkspaceFiles } from './recorded-workspace-files.ts';
import { copyCandidates } from './tree-layout.ts';
import type { CopySection } from './tree-layout.ts';

export interface StateRepositoryOptions {
  readonly stateDir: string;
  readonly host: HostName;
  /** Random id that the first commit gives the host. */
  readonly newHostId: () => string;
  /** The caller's `PATH`; default: the usual system directories. */
  readonly searchPath?: string | undefined;
  /** File descriptor of the held run lock, which git inherits. Needed by all that write. */
  readonly lockFd?: number | undefined;
  /** Default: an own one. */
  readonly memory?: StateMemory;
  /** Needed by `sign` alone. */
  readonly signer?: CommitSigner;
  /** The record was fetched from there: what is wrong with it is wrong there. */
  readonly origin?: RecordOrigin | undefined;
  /** A record that was lost is none: only for who brings one back. Default: SP5011. */
  readonly lostIsNone?: boolean | undefined;
}

/**
 * One host's recorded state: `<state-dir>/state.git`, branch `setpoint/<host>`. Reading needs no lock and never creates
 * anything; `prepare`, `writeCommit`, `advance` and `clearStaleLocks` are for the holder of the run lock. Every method throws
 * SetpointError: SP5001 no git, SP5002 git failed, SP5003 repository not private, SP5004 file
 * system refuses, and what its comment names.
 */
export interface StateRepository extends RecordedPast, StateSignatures, PreparedTrees {
  readonly dir: string;
  /** Null before the first run. SP5011 when it was lost. SP5016 (exit 6) when the repository records another host; so do all that read at the head. */
  head(): Promise<CommitId | null>;
  /** `head: null, hostId: ''` before the first run. SP5010 newer format, SP5011 damaged or lost. */
  load(): Promise<RecordedState>;
  /** The record as a commit has it. SP5010, SP5011. */
  loadAt(commit: CommitId): Promise<RecordedState>;
  /** One file's record at the head, without the others; null where nobody manages it. SP5010, SP5011. */
  managedFile(path: HostPath): Promise<ManagedFile | null>;
  /** The copy as last verified, at `at` (default: head); null when none is kept. */
  copyOf(path: HostPath, at?: CommitId): Promise<Uint8Array | null>;
  /** The copy from before management, at `at` (default: head); null when none is kept. */
  originalOf(path: HostPath, at?: CommitId): Promise<Uint8Array | null>;
  /** The same for many paths with one git process; paths without a copy are left out. */
  originals(paths: readonly HostPath[], at?: CommitId): Promise<ReadonlyMap<HostPath, Uint8Array>>;
  copies(paths: readonly HostPath[], at?: CommitId): Promise<ReadonlyMap<HostPath, Uint8Array>>;
  /** Copies as last verified; where the record keeps none, what the backup store of this host has. For this host's way back only. */
  contents(paths: readonly HostPath[], at?: CommitId): Promise<ReadonlyMap<HostPath, Uint8Array>>;
  /** The same from before management. */
  originalContents(
    paths: readonly HostPath[],
    at?: CommitId,
  ): Promise<ReadonlyMap<HostPath, Uint8Array>>;
  /** Files that plans name and nobody manages yet, as they were seen at `at` (default: head). SP5010, SP5011. */
  seen(at?: CommitId): Promise<SeenFiles>;
  /** Copies of workspace files that the records need, by SHA-256; those that are not kept are left out. */
  workspaceFiles(
    records: readonly PlanRecord[],
    at?: CommitId,
  ): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Makes one pack of more than fifty, all objects in it; for the holder of the run lock, outside of runs. Whether it did. */
  packTogether(): Promise<boolean>;
  /** Whether all these objects are there; not when there is no repository. */
  holds(ids: readonly string[]): Promise<boolean>;
  /** The id that `writeCommit` gives; nothing is read or written. */
  commitId(spec: StateCommitSpec): CommitId;
  /** Writes the commit, durable, on no branch. The same spec gives the same id, as often as it is called. */
  writeCommit(spec: StateCommitSpec): Promise<CommitId>;
  /** Writes a commit with several parents, durable, on no branch. */
  writeJoining(spec: JoiningCommitSpec): Promise<CommitId>;
  /** Moves the branch, durable. Already at `to` or beyond: done. SP5012 (exit 6) when it is anywhere but at `from`. */
  advance(to: CommitId, from: CommitId | null): Promise<void>;
  /** Paths of the lock files removed. SP5013 (exit 5) when a live process uses the repository. Called by `prepare`. */
  clearStaleLocks(): Promise<readonly string[]>;
  /** Last kept run that recorded anything about each path, managed or not. */
  formerRuns(paths: readonly HostPath[]): Promise<ReadonlyMap<HostPath, RunId>>;
  /** Newest first, at most `limit`; `Infinity` for all. */
  log(limit: number, only?: LogFilter): Promise<readonly StateLogEntry[]>;
  /** Oldest first. */
  commitsOfRun(prefix: string): Promise<readonly StateLogEntry[]>;
  /** Connectivity of everything reachable; SP5011 diagnostics, none when sound or missing. */
  verify(): Promise<readonly Diagnostic[]>;
}

/** Contents are kept for a command that plans before and under the lock: of few files, and the last answers. */
const FILES_KEPT = 8;
const ANSWERS_KEPT = 8;

const NO_RUNS: ReadonlyMap<HostPath, RunId> = new Map();

/** Opens a host's recorded state; touches nothing. Throws SP5015 for a host name that cannot name a branch. */
export function openStateRepository(options: StateRepositoryOptions): StateRepository {
  const { newHostId, stateDir, searchPath, lockFd, memory = stateMemory() } = options;
  const place = statePlace(stateDir, options.host);
  const runsIn = { cwd: stateDir, searchPath, lockFd };
  const git = gitCommand({ ...runsIn, gitDir: place.gitDir });
  const head = () => onFileSystem(stateDir, () => headIfAny(git, place, options.lostIsNone));
  const clearStaleLocks = () => onFileSystem(stateDir, () => clearLeftovers(place.gitDir));
  const ready = <T>(work: () => Promise<T>): Promise<T> =>
    onFileSystem(stateDir, async () => {
      if (await stateRepositoryExists(place)) await clearStaleLocks();
      else await createStateRepository(place, runsIn);
      return work();
    });
  const loadAt = loadOnce(git, place, memory, options.origin);
  const many = async (section: CopySection, paths: readonly HostPath[], at?: CommitId) =>
    paths.length === 0
      ? new Map<HostPath, Uint8Array>()
      : readCopies({ git, memory }, section, paths, at ?? (await head()));
  const aside = { stateDir: stateDir as RealPath, many };
  return {
    dir: place.gitDir,
    head,
    load: async () => withHead(await head(), nothingAt(place), loadAt),
    loadAt,
    managedFile: async (path) =>
      withHead(await head(), null, (at) => managedOnce({ git, memory }, place, at, path, loadAt)),
    copyOf: async (path, at) => (await many('files', [path], at)).get(path) ?? null,
    originalOf: async (path, at) => (await many('original', [path], at)).get(path) ?? null,
    originals: (paths, at) => many('original', paths, at),
    copies: (paths, at) => many('files', paths, at),
    ...contentsWherever({ ...aside, head, loadAt }),
    seen: async (at) => readSeen({ git, memory }, at ?? (await head())),
    workspaceFiles: async (records, at) => readWorkspaceFiles(git, records, at ?? (await head())),
    ...preparing({ git, place, newHostId, ready, memory, aside }),
    packTogether: () => onFileSystem(stateDir, () => packIfAny(git, place)),
    holds: async (ids) => (await stateRepositoryExists(place)) && holdsAll(git, ids),
    commitId: (spec) => stateCommitId(spec, place.host),
    writeCommit: (spec) => onFileSystem(stateDir, () => writeStateCommit(git, place, spec)),
    writeJoining: (spec) => onFileSystem(stateDir, () => writeJoiningCommit(git, place, spec)),
    advance: (to, from) => onFileSystem(stateDir, () => advanceBranch(git, place, to, from)),
    clearStaleLocks,
    formerRuns: async (paths) =>
      withHead(await head(), NO_RUNS, (at) => formerRuns(git, at, paths)),
    log: async (limit, only) => withHead(await head(), [], (at) => stateLog(git, at, limit, only)),
    commitsOfRun: async (prefix) => ofRunsOnce({ git, memory }, await head(), prefix),
    ...recordedPast(git, head, memory),
    ...stateSignatures(git, head, place.host, options.signer),
    verify: async () => withHead(await head(), [], (at) => brokenObjects(git, at)),
  };
}

/** Once the locks are cleared no other git is at work: then the objects that one was making are nobody's, too. */
async function clearLeftovers(gitDir: string): Promise<readonly string[]> {
  const locks = await clearStaleGitLocks(gitDir);
  await removeScratch(gitDir);
  return locks;
}

async function packIfAny(git: GitCommand, place: StatePlace): Promise<boolean> {
  return (await stateRepositoryExists(place)) && packTogether(git, place.gitDir);
}

function loadOnce(git: GitCommand, place: StatePlace, memory: StateMemory, origin?: RecordOrigin) {
  return (commit: CommitId): Promise<RecordedState> =>
    rememberedOfFew(memory.states, ANSWERS_KEPT, commit, () =>
      loadState(git, place, commit, memory, origin),
    );
}

async function headIfAny(
  git: GitCommand,
  place: StatePlace,
  lostIsNone = false,
): Promise<CommitId | null> {
  const exists = await stateRepositoryExists(place);
  const head = exists ? await branchHead(git, place) : null;
  if (head !== null) return head;
  if (exists) await refuseOtherHost(git, place);
  if (!lostIsNone) await refuseLostRecord(git, place);
  return null;
}

async function holdsAll(git: GitCommand, ids: readonly string[]): Promise<boolean> {
  const { stdout } = await git(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` });
  return !/ missing$/m.test(stdout.toString('utf8'));
}

function nothingAt({ host }: StatePlace): RecordedState {
  return { host, hostId: '', head: null, files: new Map(), plans: [] };
}

async function withHead<T>(
  head: CommitId | null,
  otherwise: T,
  read: (head: CommitId) => Promise<T>,
): Promise<T> {
  return head === null ? otherwise : read(head);
}

interface Reading {
  readonly git: GitCommand;
  readonly memory: StateMemory;
}

/** Of a record that was read as a whole, from that. */
function managedOnce(
  { git, memory }: Reading,
  place: StatePlace,
  at: CommitId,
  path: HostPath,
  loadAt: (commit: CommitId) => Promise<RecordedState>,
): Promise<ManagedFile | null> {
  const load = async (): Promise<ManagedFile | null> =>
    memory.states.has(at)
      ? ((await loadAt(at)).files.get(path) ?? null)
      : loadManaged(git, place, at, path, () => loadAt(at));
  return rememberedOfFew(memory.managed, ANSWERS_KEPT, `${at} ${path}`, load);
}

async function ofRunsOnce(
  { git, memory }: Reading,
  head: CommitId | null,
  prefix: string,
): Promise<readonly StateLogEntry[]> {
  if (head === null) return [];
  return remembered(memory.ofRuns, `${head} ${prefix}`, () => commitsOfRuns(git, head, prefix));
}

async function readCopies(
  { git, memory }: Reading,
  section: CopySection,
  paths: readonly HostPath[],
  at: CommitId | null,
): Promise<ReadonlyMap<HostPath, Uint8Array>> {
  const found = new Map<HostPath, Uint8Array>();
  if (at === null || paths.length === 0) return found;
  const wanted = paths.flatMap((path) =>
    copyCandidates(section, path).map((name) => ({ path, name: `${at}:${name}` })),
  );
  const names = wanted.map(({ name }) => name);
  const read = () => readBlobs(git, names);
  const blobs = await (paths.length > FILES_KEPT
    ? read()
    : rememberedOfFew(memory.copies, ANSWERS_KEPT, names.join('\n'), read));
  wanted.forEach(({ path }, i) => {
    const blob = blobs[i];
    if (blob !== null && blob !== undefined) found.set(path, blob);
  });
  return found;
}

async function readSeen(reading: Reading, at: CommitId | null): Promise<SeenFiles> {
  const files = at === null ? new Map<HostPath, SeenFile>() : await loadSeen(reading.git, at);
  return { files, copies: await readCopies(reading, 'seen-files', [...files.keys()], at) };
}

async function brokenObjects(git: GitCommand, head: CommitId): Promise<readonly Diagnostic[]> {
  const { exitCode, stdout, stderr } = await git(
    ['fsck', '--connectivity-only', '--no-dangling', '--no-progress', head],
    { accept: Array.from({ length: 256 }, (_, code) => code) },
  );
  if (exitCode === 0) return [];
  const words = `${stdout.toString('utf8')}${stderr}`.trim().split('\n');
  return words.map((line) => ({
    code: 'SP5011' as const,
    severity: 'error' as const,
    message: `the recorded state is damaged: ${line}`,
    help: 'Put state.git back from a backup of the state directory.',
  }));
}
