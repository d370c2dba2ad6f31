import type { CommitId, HostPath, WorkspaceName } from '../../model/brand.ts';
import { parseTrailers, TRAILER, trailerValue } from './commit-message.ts';
import type { Trailer } from './commit-message.ts';
import type { GitCommand } from '../git-command.ts';
import { managedName } from './tree-layout.ts';

const FIELDS = ['%H', '%ct', '%P', '%B'];
/** `git log -z` with it gives the fields one after the other, each ended by a NUL. */
const ENTRY_FORMAT = `--format=tformat:${FIELDS.join('%x00')}`;

export interface StateLogEntry {
  readonly commit: CommitId;
  /** First parent; null for the first commit. */
  readonly parent: CommitId | null;
  /** All of them: a pull or adopt joins histories. */
  readonly parents: readonly CommitId[];
  /** Seconds since the epoch. */
  readonly date: number;
  readonly subject: string;
  readonly message: string;
  readonly trailers: readonly Trailer[];
}

/** Which commits of the log: those of one plan's runs, or those that changed one file's record. */
export type LogFilter = { readonly plan: string } | { readonly path: HostPath };

/** Newest first, at most `limit` (`Infinity`: all). One git process. */
export async function stateLog(
  git: GitCommand,
  head: CommitId,
  limit: number,
  only?: LogFilter,
): Promise<readonly StateLogEntry[]> {
  if (only !== undefined && 'plan' in only) return logOfPlan(git, head, limit, only.plan);
  const paths = only === undefined ? [] : ['--', managedName(only.path)];
  return readLog(git, [...atMost(limit), head, ...paths]);
}

async function logOfPlan(git: GitCommand, head: CommitId, limit: number, plan: string) {
  const grep = ['--fixed-strings', '--all-match', `--grep=${TRAILER.plan}: `, `--grep=${plan}`];
  // Git's grep only narrows down, as below, so it cannot count either.
  const entries = await readLog(git, [...grep, head]);
  return entries.filter(({ trailers }) => plansOf(trailers).includes(plan)).slice(0, limit);
}

/** A run that puts back what several plans own is named after all of them. */
export function plansOf(trailers: readonly Trailer[]): readonly string[] {
  return trailerValue(trailers, TRAILER.plan)?.split(', ') ?? [];
}

function atMost(limit: number): readonly string[] {
  return Number.isFinite(limit) ? [`--max-count=${limit}`] : [];
}

/** Commits of the runs whose id begins with `prefix` (ULID characters, any case), oldest first; none for anything else. */
export async function commitsOfRuns(
  git: GitCommand,
  head: CommitId,
  prefix: string,
): Promise<readonly StateLogEntry[]> {
  const run = prefix.toUpperCase();
  if (!/^[0-9A-Z]+$/.test(run)) return [];
  // Git's grep only narrows down: a change line can hold the same text, the parsed trailers cannot.
  const entries = await readLog(git, ['--reverse', `--grep=^${TRAILER.run}: ${run}`, head]);
  return entries.filter(({ trailers }) =>
    trailers.some(({ key, value }) => key === TRAILER.run && value.startsWith(run)),
  );
}

/**
 * The newest commit of a kept run that applied something of a workspace, also when its plan is gone by now; null: none that tells.
 * Where histories were joined, of the one that counts.
 */
export async function lastApplied(
  git: GitCommand,
  head: CommitId,
  workspace: WorkspaceName,
): Promise<StateLogEntry | null> {
  const wanted = [
    `--grep=^${TRAILER.status}: applied`,
    `--grep=^${TRAILER.workspace}: ${workspace}$`,
    `--grep=^${TRAILER.planCommit}: `,
  ];
  // A change line never begins like a trailer: git's grep finds no other lines than these.
  const newest = ['--first-parent', '--max-count=1', '--all-match', ...wanted, head];
  const [entry] = await readLog(git, newest);
  return entry ?? null;
}

/** What `lastApplied` looks for, in one commit. Where its patterns know more than the text itself, git has to be asked. */
export function appliedFrom({ message }: StateLogEntry, workspace: WorkspaceName): boolean {
  const lines = message.split('\n');
  return (
    lines.includes(`${TRAILER.workspace}: ${workspace}`) &&
    [`${TRAILER.status}: applied`, `${TRAILER.planCommit}: `].every((start) =>
      lines.some((line) => line.startsWith(start)),
    )
  );
}

/** A commit object as the log has it; null for one that is not ours, in another encoding for instance. */
export function entryOf(commit: CommitId, text: string): StateLogEntry | null {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? [] : text.slice(0, end).split('\n');
  const [, date] = /^committer .* (\d+) [+-]\d{4}$/.exec(head.find(isCommitter) ?? '') ?? [];
  if (date === undefined || head.some((line) => line.startsWith('encoding '))) return null;
  const parents = head.flatMap((line) => /^parent ([0-9a-f]{40})$/.exec(line)?.[1] ?? []);
  return readEntry([commit, date, parents.join(' '), text.slice(end + 2)]);
}

function isCommitter(line: string): boolean {
  return line.startsWith('committer ');
}

async function readLog(
  git: GitCommand,
  args: readonly string[],
): Promise<readonly StateLogEntry[]> {
  const { stdout } = await git(['--literal-pathspecs', 'log', '-z', ENTRY_FORMAT, ...args]);
  const values = stdout.toString('utf8').split('\0');
  const entries: StateLogEntry[] = [];
  for (let i = 0; i + FIELDS.length <= values.length; i += FIELDS.length) {
    entries.push(readEntry(values.slice(i, i + FIELDS.length)));
  }
  return entries;
}

/** The fields of one commit in the order of ENTRY_FORMAT. */
export function readEntry(fields: readonly string[]): StateLogEntry {
  const [commit = '', date = '', ids = '', message = ''] = fields;
  const parents = ids === '' ? [] : (ids.split(' ') as CommitId[]);
  return {
    commit: commit as CommitId,
    parent: parents[0] ?? null,
    parents,
    date: Number(date),
    subject: message.split('\n', 1)[0] ?? '',
    message,
    trailers: parseTrailers(message),
  };
}
