import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { CommitId, WorkspacePath } from '../../model/brand.ts';
import { remembering } from './known-answers.ts';
import type { KnownAnswers } from './known-answers.ts';
import { submodulesAround } from './submodules.ts';
import type { GitIn } from './submodules.ts';
import { differFromHead } from './workspace-dirt.ts';
import { toldDirectory, workspaceGit, workspaceGitFailed } from './workspace-git.ts';
import type { WorkspaceGit } from './workspace-git.ts';

/** `unknown`: one of the commits is not in this clone, or the clone is shallow and cannot tell. */
export type CommitRelation = 'same' | 'ancestor' | 'diverged' | 'unknown';

/**
 * The git repository that a workspace lies in, read-only. All paths are relative to the workspace's directory, which may be a
 * subdirectory of the repository. Every method throws SetpointError SP5030 or SP5031 (exit 6) when git refuses or fails.
 */
export interface WorkspaceRepository {
  /** Top directory of the repository. */
  readonly top: string;
  /** As it was when the repository was opened: a commit that arrives meanwhile must not mix in. Null before the first one. */
  readonly head: CommitId | null;
  isShallow(): Promise<boolean>;
  /** Those of `paths` that are not in the working tree as HEAD has them; see workspace-dirt.ts. */
  dirtyAmong(paths: readonly WorkspacePath[]): Promise<readonly WorkspacePath[]>;
  /** The submodules of HEAD that some of `paths` lie in. */
  submodulesAround(paths: readonly WorkspacePath[]): Promise<readonly WorkspacePath[]>;
  existsAt(commit: CommitId, path: WorkspacePath): Promise<boolean>;
  relation(ancestor: CommitId, descendant: CommitId): Promise<CommitRelation>;
  /** Whether history shows that `path` was deleted: there at `from`, not at `to`, and `from` is an ancestor of `to`. */
  deletionShown(path: WorkspacePath, from: CommitId, to: CommitId): Promise<boolean>;
  /** Files beneath the folder `under` (empty: all of the workspace) in a commit. */
  filesAt(commit: CommitId, under: string): Promise<readonly WorkspacePath[]>;
}

/**
 * The repository around `dir`, or null when there is none (or only a bare one). `environment` is the caller's: PATH, HOME (for
 * safe.directory) and SUDO_UID are used. `known`: what the command asked before; what can change is asked again. Throws SP5030 when git
 * refuses it because it belongs to another user, SP5031 when it fails or gives no answer.
 */
export async function openWorkspaceRepository(
  dir: string,
  environment: Readonly<Record<string, string | undefined>>,
  known: KnownAnswers = new Map(),
): Promise<WorkspaceRepository | null> {
  const workspace = await realpath(dir);
  const found = await topAndHead(workspaceGit(workspace, environment), workspace);
  if (found === null) return null;
  const top = await realpath(found.top);
  // From the top, so that every path that git gets or gives is relative to it.
  const gitIn: GitIn = (place) => remembering(workspaceGit(place, environment), place, known);
  return repositoryAt(gitIn, { top, head: found.head, prefix: relative(top, workspace) });
}

interface Found {
  readonly top: string;
  readonly head: CommitId | null;
}

/** Asked together: it is one process less for every command. */
async function topAndHead(git: WorkspaceGit, workspace: string): Promise<Found | null> {
  const both = await git('rev-parse', '--show-toplevel', 'HEAD^{commit}');
  const [, top, head] = /^(.+)\n([0-9a-f]+)\n$/s.exec(both.stdout) ?? [];
  if (both.exitCode === 0 && top !== undefined) return { top, head: head as CommitId };
  const alone = await git('rev-parse', '--show-toplevel');
  if (alone.exitCode === 0) return { top: toldDirectory(alone, workspace), head: null };
  if (/not a git repository|must be run in a work tree/.test(alone.stderr)) return null;
  throw workspaceGitFailed(alone, workspace);
}

function repositoryAt(
  gitIn: GitIn,
  { top, head, prefix }: Found & { readonly prefix: string },
): WorkspaceRepository {
  const git = gitIn(top);
  const fromTop = (path: string) => join(prefix, path);
  const existsAt = async (commit: CommitId, path: WorkspacePath) => {
    const names = await listTree(git, top, commit, fromTop(path));
    return names.length > 0;
  };
  const relation = async (ancestor: CommitId, descendant: CommitId) =>
    // It is there: nothing to ask.
    ancestor === descendant && ancestor === head
      ? 'same'
      : relationOf(git, top, ancestor, descendant);
  return {
    top,
    head,
    isShallow: () => isShallow(git, top),
    async dirtyAmong(paths) {
      const dirty = await differFromHead(gitIn, top, head, paths.map(fromTop));
      return paths.filter((path) => dirty.has(fromTop(path)));
    },
    async submodulesAround(paths) {
      if (head === null) return [];
      const found = await submodulesAround(git, top, head, paths.map(fromTop));
      return found.map(({ path }) => relative(prefix, path) as WorkspacePath);
    },
    existsAt,
    relation,
    async deletionShown(path, from, to) {
      if ((await relation(from, to)) !== 'ancestor') return false;
      return (await existsAt(from, path)) && !(await existsAt(to, path));
    },
    async filesAt(commit, under) {
      const folder = fromTop(under).replace(/\/$/, '');
      const names = await listTree(
        git,
        top,
        commit,
        folder === '' || folder === '.' ? '' : `${folder}/`,
        '-r',
      );
      return names.map((name) => relative(prefix, name) as WorkspacePath);
    },
  };
}

async function isShallow(git: WorkspaceGit, top: string): Promise<boolean> {
  const output = await git('rev-parse', '--is-shallow-repository');
  if (output.exitCode !== 0) throw workspaceGitFailed(output, top);
  return output.stdout.trim() === 'true';
}

/** Whether the clone has it, by its whole id. */
export async function hasCommit(git: WorkspaceGit, commit: CommitId): Promise<boolean> {
  const { exitCode, stdout } = await git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`);
  return exitCode === 0 && stdout.trim() === commit;
}

async function relationOf(
  git: WorkspaceGit,
  top: string,
  ancestor: CommitId,
  descendant: CommitId,
): Promise<CommitRelation> {
  const base = await git('merge-base', ancestor, descendant);
  if (base.exitCode > 1) {
    const known = (await hasCommit(git, ancestor)) && (await hasCommit(git, descendant));
    if (!known) return 'unknown';
    throw workspaceGitFailed(base, top);
  }
  if (ancestor === descendant) return 'same';
  if (base.stdout.trim() === ancestor) return 'ancestor';
  // Beyond a shallow clone's boundary the two may well meet.
  return (await isShallow(git, top)) ? 'unknown' : 'diverged';
}

/** Names of the files at or beneath `path` in a commit, relative to the repository's top. */
async function listTree(
  git: WorkspaceGit,
  top: string,
  commit: CommitId,
  path: string,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const paths = path === '' ? [] : ['--', path];
  const output = await git('ls-tree', '-z', '--full-tree', ...options, commit, ...paths);
  if (output.exitCode !== 0) throw workspaceGitFailed(output, top);
  return output.stdout.split('\0').flatMap((line) => /^\d+ blob \w+\t(.*)$/s.exec(line)?.[1] ?? []);
}
