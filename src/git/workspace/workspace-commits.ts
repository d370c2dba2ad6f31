import type { CommitId } from '../../model/brand.ts';
import { entriesAt } from './tree-entries.ts';
import type { GitEntry } from './tree-entries.ts';
import { workspaceGit, workspaceGitFailed } from './workspace-git.ts';
import { hasCommit } from './workspace-repository.ts';

/** Commits of the user's repository, read-only; paths are relative to its top. All methods throw SP5030, SP5031 (exit 6). */
export interface WorkspaceCommits {
  has(commit: CommitId): Promise<boolean>;
  /** Absolute path of the repository itself; of a linked working tree, its own part of it. */
  gitDir(): Promise<string>;
  entriesAt(commit: CommitId, paths: readonly string[]): Promise<ReadonlyMap<string, GitEntry>>;
  /** None at the boundary of a shallow clone. */
  parentsOf(commit: CommitId): Promise<readonly CommitId[]>;
  subjectOf(commit: CommitId): Promise<string>;
  /** Every path that differs, with what `from` has there. */
  changes(from: CommitId, to: CommitId): Promise<ReadonlyMap<string, GitEntry | null>>;
  /** Of a file, by the id of its content; bytes that are no UTF-8 are replaced. */
  textOf(id: string): Promise<string>;
  /** Unified diff of one path. */
  difference(from: CommitId, to: CommitId, path: string): Promise<string>;
}

export function workspaceCommits(
  top: string,
  environment: Readonly<Record<string, string | undefined>>,
): WorkspaceCommits {
  const git = workspaceGit(top, environment);
  const told = async (...args: readonly string[]): Promise<string> => {
    const output = await git(...args);
    if (output.exitCode !== 0) throw workspaceGitFailed(output, top);
    return output.stdout;
  };
  return {
    has: (commit) => hasCommit(git, commit),
    gitDir: async () => (await told('rev-parse', '--absolute-git-dir')).replace(/\n$/, ''),
    entriesAt: (commit, paths) => entriesAt(git, top, commit, paths),
    async parentsOf(commit) {
      const line = await told('rev-list', '--parents', '--max-count=1', commit);
      return line.trim().split(' ').slice(1) as CommitId[];
    },
    async subjectOf(commit) {
      // As `git revert` takes it: the first line, where %s would join those of a paragraph.
      const message = await told(
        'log',
        '--max-count=1',
        '--no-show-signature',
        '--format=%B',
        commit,
      );
      return message.trimStart().split('\n', 1)[0] ?? '';
    },
    async changes(from, to) {
      const args = ['-r', '-z', '--raw', '--no-abbrev', '--no-renames', from, to];
      return changedIn(await told('diff-tree', ...args));
    },
    textOf: (id) => told('cat-file', 'blob', id),
    difference: (from, to, path) =>
      told('diff-tree', '-p', '--no-color', '--no-ext-diff', '--no-textconv', from, to, '--', path),
  };
}

function changedIn(raw: string): ReadonlyMap<string, GitEntry | null> {
  const changes = new Map<string, GitEntry | null>();
  const fields = raw.split('\0');
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, mode = '', id = ''] = /^:(\d+) \d+ ([0-9a-f]+) /.exec(fields[i] ?? '') ?? [];
    changes.set(fields[i + 1] ?? '', /^0+$/.test(mode) ? null : { mode, id });
  }
  return changes;
}
