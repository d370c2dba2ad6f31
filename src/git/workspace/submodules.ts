import { realpath } from 'node:fs/promises';
import type { CommitId } from '../../model/brand.ts';
import { errnoOf } from '../state-error.ts';
import { entriesAt, foldersOf, GITLINK } from './tree-entries.ts';
import { workspaceGitFailed } from './workspace-git.ts';
import type { WorkspaceGit } from './workspace-git.ts';

/** A repository within the repository: the outer commit has only its path and the commit that it is to be at (a gitlink). */
export interface Submodule {
  /** Relative to the outer repository's top. */
  readonly path: string;
  readonly commit: CommitId;
}

export interface SubmoduleWith extends Submodule {
  /** Those asked for that lie in it, relative to the outer repository's top. */
  readonly paths: readonly string[];
}

/** Git in a directory of the workspace. */
export type GitIn = (dir: string) => WorkspaceGit;

/** The submodules of `commit` that some of `paths` lie in, with those. Throws SP5030, SP5031. */
export async function submodulesAround(
  git: WorkspaceGit,
  top: string,
  commit: CommitId,
  paths: readonly string[],
): Promise<readonly SubmoduleWith[]> {
  const folders = [...new Set(paths.flatMap(foldersOf))];
  const entries = await entriesAt(git, top, commit, folders);
  return [...entries].flatMap(([path, { mode, id }]) =>
    mode === GITLINK
      ? { path, commit: id as CommitId, paths: paths.filter((one) => one.startsWith(`${path}/`)) }
      : [],
  );
}

/** All submodules of a commit, not those within them. Throws SP5030, SP5031. */
export async function submodulesOf(
  git: WorkspaceGit,
  top: string,
  commit: CommitId,
): Promise<readonly Submodule[]> {
  // Git knows no submodule without this file; to look for one costs a list of all files.
  if (!(await entriesAt(git, top, commit, ['.gitmodules'])).has('.gitmodules')) return [];
  const output = await git('ls-tree', '-r', '-z', '--full-tree', commit);
  if (output.exitCode !== 0) throw workspaceGitFailed(output, top);
  return output.stdout.split('\0').flatMap((line) => {
    const [, id, path] = /^160000 commit ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ path, commit: id as CommitId }];
  });
}

/** The commit that the submodule at `dir` is at; null where none is checked out. Throws SP5030 for one of another user. */
export async function submoduleHead(gitIn: GitIn, dir: string): Promise<CommitId | null> {
  const real = await realpath(dir).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return null;
    throw error;
  });
  if (real === null) return null;
  const output = await gitIn(real)('rev-parse', '--show-toplevel', 'HEAD^{commit}');
  if (/dubious ownership/.test(output.stderr)) throw workspaceGitFailed(output, real);
  const [, top, head] = /^(.+)\n([0-9a-f]+)\n$/s.exec(output.stdout) ?? [];
  // In an empty folder git answers for the repository around it.
  return output.exitCode === 0 && top === real ? (head as CommitId) : null;
}
