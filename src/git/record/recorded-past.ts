import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId, HostPath, WorkspaceName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import type { GitCommand } from '../git-command.ts';
import { readBlobs } from '../objects/object-batch.ts';
import { damaged, readManagedFile } from './serialise.ts';
import { appliedFrom, entryOf, lastApplied, plansOf, readEntry } from './state-history.ts';
import type { StateLogEntry } from './state-history.ts';
import { remembered, type StateMemory } from './state-memory.ts';
import { copyCandidates, MANAGED, managedName, managedPath } from './tree-layout.ts';
import type { CopySection } from './tree-layout.ts';

const FORMAT = '--format=tformat:%x01%H%x00%ct%x00%P%x00%B';
const COMMIT_FIELDS = 4;
/** Git compares each changed name with each path given: beyond this the whole folder is cheaper. */
const MOST_PATHS = 100;

/** Object id of a record in one commit. */
export type RecordId = string;

/** What one state commit did to the record of one managed file. */
export interface RecordChangeAt {
  readonly path: HostPath;
  readonly entry: StateLogEntry;
  /** `null`: not managed. */
  readonly before: RecordId | null;
  readonly after: RecordId | null;
}

export interface RecordQuery {
  /** Only these files; absent: all. */
  readonly paths?: readonly HostPath[];
  /** A POSIX extended regex: only where the number of its matches in the record changed. */
  readonly countOf?: string;
}

/** A copy as one commit has it. */
export interface CopyAt {
  readonly section: CopySection;
  readonly path: HostPath;
  readonly commit: CommitId;
}

/** What earlier commits recorded. Each method is one git process, whatever it is asked for. */
export interface RecordedPast {
  /** What commits did to managed files' records, newest commit first. */
  recordChanges(query: RecordQuery): Promise<readonly RecordChangeAt[]>;
  /** Records by the ids that `recordChanges` gives. SP5010, SP5011. */
  recordsById(ids: Iterable<RecordId>): Promise<ReadonlyMap<RecordId, ManagedFile>>;
  /** The bytes of each copy, in order; `null` where the commit has none. */
  copiesAt(wanted: readonly CopyAt[]): Promise<readonly (Uint8Array | null)[]>;
  /** The newest commit of a kept run that applied something of the workspace. */
  lastApplied(workspace: WorkspaceName): Promise<StateLogEntry | null>;
  /** Every plan and file that changed a file's record ever, for suggestions. */
  namesEver(): Promise<NamesEver>;
}

/** What a history names. */
export interface NamesEver {
  readonly plans: ReadonlySet<string>;
  readonly paths: ReadonlySet<HostPath>;
}

/** The past of the branch whose head is `head()` (null: nothing recorded yet). */
export function recordedPast(
  git: GitCommand,
  head: () => Promise<CommitId | null>,
  memory: Pick<StateMemory, 'lastApplied' | 'trees'>,
): RecordedPast {
  async function changes(query: RecordQuery): Promise<readonly RecordChangeAt[]> {
    const at = await head();
    return at === null ? [] : recordChanges(git, at, query);
  }
  return {
    recordChanges: changes,
    recordsById: (ids) => recordsById(git, ids),
    copiesAt: (wanted) => copiesAt(git, wanted),
    async lastApplied(workspace) {
      const at = await head();
      return at === null ? null : lastAppliedOnce(git, at, workspace, memory);
    },
    namesEver: async () => namesIn(await changes({})),
  };
}

/** An apply asks twice: for what it shows, and under the lock. */
function lastAppliedOnce(
  git: GitCommand,
  head: CommitId,
  workspace: WorkspaceName,
  memory: Pick<StateMemory, 'lastApplied' | 'trees'>,
): Promise<StateLogEntry | null> {
  return remembered(memory.lastApplied, `${head} ${workspace}`, async () => {
    // Most often nothing was recorded since: then the commit that was just read is it.
    const read = memory.trees.get(head);
    const newest = read === undefined ? null : entryOf(head, read.text);
    if (newest !== null && appliedFrom(newest, workspace)) return newest;
    return lastApplied(git, head, workspace);
  });
}

async function recordChanges(
  git: GitCommand,
  head: CommitId,
  { paths, countOf }: RecordQuery,
): Promise<readonly RecordChangeAt[]> {
  const wanted = paths === undefined ? null : new Set(paths);
  const names =
    paths === undefined || paths.length > MOST_PATHS ? [MANAGED] : paths.map(managedName);
  const pickaxe = countOf === undefined ? [] : ['--pickaxe-regex', `-S${countOf}`];
  const { stdout } = await git(
    ['--literal-pathspecs', 'log', '-z', '--raw', '--no-abbrev', '--no-renames', FORMAT].concat(
      pickaxe,
      ['--stdin', head],
    ),
    { input: ['--', ...names, ''].join('\n') },
  );
  return stdout
    .toString('utf8')
    .split('\x01')
    .slice(1)
    .flatMap(changesOf)
    .filter(({ path }) => wanted === null || wanted.has(path));
}

function changesOf(commit: string): readonly RecordChangeAt[] {
  const values = commit.split('\0');
  const entry = readEntry(values.slice(0, COMMIT_FIELDS));
  const changes: RecordChangeAt[] = [];
  for (let i = COMMIT_FIELDS; i + 1 < values.length; i += 2) {
    const [, before = '', after = ''] =
      /^\n?:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) /.exec(values[i] ?? '') ?? [];
    const path = managedPath(values[i + 1] ?? '');
    if (path !== null) changes.push({ path, entry, before: idOf(before), after: idOf(after) });
  }
  return changes;
}

function idOf(id: string): RecordId | null {
  return /^0*$/.test(id) ? null : id;
}

async function recordsById(
  git: GitCommand,
  ids: Iterable<RecordId>,
): Promise<ReadonlyMap<RecordId, ManagedFile>> {
  const wanted = [...new Set(ids)];
  const blobs = await readBlobs(git, wanted);
  const records = new Map<RecordId, ManagedFile>();
  wanted.forEach((id, i) => {
    const bytes = blobs[i];
    if (bytes === null || bytes === undefined)
      throw refused([damaged(id, 'its content is missing')]);
    const read = readManagedFile(bytes, id);
    if (!read.ok) throw refused(read.diagnostics);
    records.set(id, read.value);
  });
  return records;
}

function refused(problems: SetpointError['diagnostics']): SetpointError {
  return new SetpointError(EXIT.failed, problems);
}

async function copiesAt(
  git: GitCommand,
  wanted: readonly CopyAt[],
): Promise<readonly (Uint8Array | null)[]> {
  const names = wanted.flatMap(({ section, path, commit }) =>
    copyCandidates(section, path).map((name) => `${commit}:${name}`),
  );
  const blobs = await readBlobs(git, names);
  return wanted.map((_, i) => blobs[2 * i] ?? blobs[2 * i + 1] ?? null);
}

function namesIn(changes: readonly RecordChangeAt[]): NamesEver {
  const plans = new Set<string>();
  for (const { entry } of changes) {
    for (const plan of plansOf(entry.trailers)) plans.add(plan);
  }
  return { plans, paths: new Set(changes.map(({ path }) => path)) };
}
