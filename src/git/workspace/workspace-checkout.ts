import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { CommitId } from '../../model/brand.ts';
import { stateError } from '../state-error.ts';
import { submoduleHead, submodulesOf } from './submodules.ts';
import type { GitIn } from './submodules.ts';
import { toldDirectory, workspaceGit, workspaceGitFailed } from './workspace-git.ts';

export interface CheckedOut {
  readonly commit: CommitId;
  /** The workspace's directory in the copy. */
  readonly dir: string;
}

/**
 * Puts the files of a commit into the empty directory `into`, as `git checkout` would. The user's working tree, index and
 * references stay as they are: git works with an index of its own beside the copy. Throws SP5032 (exit 64) for a revision that
 * is no commit of this clone, SP5030, SP5031.
 */
export async function checkOutCommit(
  workspace: string,
  revision: string,
  into: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CheckedOut | null> {
  const from = await realpath(workspace);
  const git = workspaceGit(from, environment);
  const top = await git('rev-parse', '--show-toplevel');
  if (top.exitCode !== 0) {
    if (/not a git repository|must be run in a work tree/.test(top.stderr)) return null;
    throw workspaceGitFailed(top, from);
  }
  const whole = await realpath(toldDirectory(top, from));
  const prefix = relative(whole, from);
  const named = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  );
  if (named.exitCode !== 0) throw noCommit(revision);
  const commit = named.stdout.trim() as CommitId;
  const tree = join(into, 'tree');
  const apart = workspaceGit(from, environment, { workTree: tree, index: join(into, 'index') });
  const read = await apart('read-tree', '-m', '-u', commit);
  if (read.exitCode !== 0) throw workspaceGitFailed(read, from);
  await checkOutSubmodules({ top: whole, commit, tree, into, environment });
  return { commit, dir: join(tree, prefix) };
}

interface OuterCheckout {
  readonly top: string;
  readonly commit: CommitId;
  /** Where the files of `commit` are now. */
  readonly tree: string;
  /** For indexes. */
  readonly into: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Submodules that are checked out in the workspace and have the commit; the others stay empty folders, as for `git clone`. */
async function checkOutSubmodules({ top, commit, ...rest }: OuterCheckout): Promise<void> {
  const { tree, into, environment } = rest;
  const gitIn: GitIn = (dir) => workspaceGit(dir, environment);
  for (const submodule of await submodulesOf(gitIn(top), top, commit)) {
    const from = join(top, submodule.path);
    if ((await submoduleHead(gitIn, from)) === null) continue;
    const place = { workTree: join(tree, submodule.path), index: join(into, randomUUID()) };
    const git = workspaceGit(from, environment, place);
    const read = await git('read-tree', '-m', '-u', submodule.commit);
    if (read.exitCode !== 0) continue;
    await checkOutSubmodules({
      ...rest,
      top: from,
      commit: submodule.commit,
      tree: place.workTree,
    });
  }
}

function noCommit(revision: string) {
  return stateError('SP5032', {
    message: `${JSON.stringify(revision)} names no commit of this clone`,
    help: 'Name a commit, branch or tag (git log); a shallow clone has to fetch it first.',
    exitCode: 64,
  });
}
