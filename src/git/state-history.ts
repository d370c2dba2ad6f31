import type { CommitId } from '../model/brand.ts';
import { parseTrailers, TRAILER } from './commit-message.ts';
import type { Trailer } from './commit-message.ts';
import type { GitCommand } from './git-command.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const FIELDS = ['%H', '%ct', '%P', '%B'];

export interface StateLogEntry {
  readonly commit: CommitId;
  /** First parent; null for the first commit. */
  readonly parent: CommitId | null;
  /** Seconds since the epoch. */
  readonly date: number;
  readonly subject: string;
  readonly message: string;
  readonly trailers: readonly Trailer[];
}

/** Newest first, at most `limit`. */
export async function stateLog(
  git: GitCommand,
  head: CommitId,
  limit: number,
): Promise<readonly StateLogEntry[]> {
  return readLog(git, [`--max-count=${limit}`, head]);
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

/** Unified diff of the managed files' copies between two commits (`null` = nothing yet), with host paths. */
export async function copiesDiff(
  git: GitCommand,
  from: CommitId | null,
  to: CommitId,
): Promise<string> {
  const { stdout } = await git([
    'diff-tree',
    '-p',
    '-r',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--relative=files/',
    from ?? EMPTY_TREE,
    to,
  ]);
  return stdout.toString('utf8');
}

async function readLog(
  git: GitCommand,
  args: readonly string[],
): Promise<readonly StateLogEntry[]> {
  const { stdout } = await git(['log', '-z', `--format=tformat:${FIELDS.join('%x00')}`, ...args]);
  const values = stdout.toString('utf8').split('\0');
  const entries: StateLogEntry[] = [];
  for (let i = 0; i + FIELDS.length <= values.length; i += FIELDS.length) {
    const [commit = '', date = '', parents = '', message = ''] = values.slice(i, i + FIELDS.length);
    entries.push({
      commit: commit as CommitId,
      parent: parents === '' ? null : ((parents.split(' ')[0] ?? '') as CommitId),
      date: Number(date),
      subject: message.split('\n', 1)[0] ?? '',
      message,
      trailers: parseTrailers(message),
    });
  }
  return entries;
}
