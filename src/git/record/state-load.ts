import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ManagedFile, PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import type { GitCommand } from '../git-command.ts';
import { filesIn, utf8Of, walkCommit } from '../objects/commit-walk.ts';
import { listBlobs, readBlobs } from '../objects/object-batch.ts';
import type { TreeEntry } from '../objects/object-batch.ts';
import { damaged, readHostRecord, readManagedFile, readPlanRecord } from './serialise.ts';
import type { RecordOrigin } from './record-origin.ts';
import { keepTree, type StateMemory } from './state-memory.ts';
import type { StatePlace } from './state-paths.ts';
import { HOST_FILE, MANAGED, PLANS, managedName, planRecordName } from './tree-layout.ts';

/**
 * Everything recorded at `head`: one git process. Throws one SetpointError with every SP5010 and SP5011 found; they name
 * `origin`, where the record was fetched from.
 */
export async function loadState(
  git: GitCommand,
  place: StatePlace,
  head: CommitId,
  memory: StateMemory,
  origin?: RecordOrigin,
): Promise<RecordedState> {
  const { entries, contents } = await recordsAt(git, head, memory);
  const problems: Diagnostic[] = [];
  const files = new Map<HostPath, ManagedFile>();
  const plans: PlanRecord[] = [];
  let hostId: string | null = null;

  entries.forEach((entry, i) => {
    const bytes = contents[i];
    if (bytes === null || bytes === undefined) {
      problems.push(damaged(entry.name, 'its content is missing'));
    } else if (entry.name === HOST_FILE) {
      hostId = keep(readHost(bytes, place), problems)?.hostId ?? null;
    } else if (entry.name.startsWith(`${MANAGED}/`)) {
      const file = keep(inPlace(readManagedFile(bytes, entry.name), entry, nameOfFile), problems);
      if (file !== null) files.set(file.path, file);
    } else {
      const plan = keep(inPlace(readPlanRecord(bytes, entry.name), entry, nameOfPlan), problems);
      if (plan !== null) plans.push(plan);
    }
  });
  if (!entries.some(({ name }) => name === HOST_FILE)) {
    problems.push(damaged(HOST_FILE, 'it is missing'));
  }
  if (problems.length > 0) {
    const told = origin === undefined ? wayOut(place) : wayOutThere(place, origin);
    throw new SetpointError(EXIT.failed, problems.map(told));
  }
  return { host: place.host, hostId: hostId ?? '', head, files, plans };
}

interface Records {
  readonly entries: readonly TreeEntry[];
  /** Of each entry; null for what is missing. */
  readonly contents: readonly (Uint8Array | null)[];
}

async function recordsAt(git: GitCommand, head: CommitId, memory: StateMemory): Promise<Records> {
  const walked = await walkCommit(git, head, isRecord);
  if (walked !== null) {
    keepTree(memory, head, { text: walked.text, folder: walked.folder });
    const files = filesIn(walked.folder).filter(({ name }) => isRecord(name));
    const entries = files.map(({ id, name }) => ({ id, name: utf8Of(name) }));
    return { entries, contents: entries.map(({ id }) => walked.blobs.get(id) ?? null) };
  }
  // Something is missing or broken: these say what, one step after the other.
  const entries = await listBlobs(git, head, [HOST_FILE, MANAGED, PLANS]);
  const ids = entries.map(({ id }) => id);
  return { entries, contents: await readBlobs(git, ids) };
}

function isRecord(name: string): boolean {
  return name === HOST_FILE || name.startsWith(`${MANAGED}/`) || name.startsWith(`${PLANS}/`);
}

/** Who reads a record does not know where it lies. */
function wayOut({ gitDir, ref }: StatePlace): (problem: Diagnostic) => Diagnostic {
  const git = `git --git-dir=${gitDir}`;
  const help = `Look at the last commits with \`${git} log -p ${ref}\` and put the branch back to the last good one with \`${git} update-ref ${ref} COMMIT\`.`;
  return (problem) => (problem.code === 'SP5011' ? { ...problem, help } : problem);
}

/** The copy that was read is removed before anybody could look at it. */
function wayOutThere(
  { host }: StatePlace,
  { shown, branch }: RecordOrigin,
): (problem: Diagnostic) => Diagnostic {
  const help = `Look at its last commits: \`git clone --branch ${branch} ${shown}\`. Where ${host} has its own record (\`setpoint state verify\` there), \`setpoint state adopt\` there puts that on top; else put the branch back to its last good commit at the remote.`;
  return (problem) => {
    const message = `${branch} at ${shown}: ${problem.message}`;
    return problem.code === 'SP5011' ? { ...problem, message, help } : { ...problem, message };
  };
}

function nameOfFile(file: ManagedFile): string {
  return managedName(file.path);
}

function nameOfPlan(record: PlanRecord): string {
  return planRecordName(record.workspace, record.plan);
}

function readHost(bytes: Uint8Array, place: StatePlace) {
  const read = readHostRecord(bytes, HOST_FILE);
  if (!read.ok || read.value.host === place.host) return read;
  return {
    ok: false as const,
    diagnostics: [damaged(HOST_FILE, `it is of host ${read.value.host}, not ${place.host}`)],
  };
}

/** A record must name the place it lies in: a renamed file would speak for another. */
function inPlace<T>(read: Result<T>, entry: TreeEntry, nameOf: (value: T) => string): Result<T> {
  if (!read.ok || nameOf(read.value) === entry.name) return read;
  return { ok: false, diagnostics: [damaged(entry.name, 'it names another path or plan')] };
}

function keep<T>(read: Result<T>, problems: Diagnostic[]): T | null {
  if (read.ok) return read.value;
  problems.push(...read.diagnostics);
  return null;
}
