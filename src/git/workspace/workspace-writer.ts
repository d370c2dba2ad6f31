import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId } from '../../model/brand.ts';
import { gitCommand } from '../git-command.ts';
import type { GitCommand } from '../git-command.ts';
import type { GitIdentity } from './git-identity.ts';
import { readBlobs } from '../objects/object-batch.ts';
import { stateError } from '../state-error.ts';
import type { GitEntry } from './tree-entries.ts';

/** What a path becomes; `null`: it goes. */
export type EntryChange = readonly [path: string, entry: GitEntry | null];

export interface CommitSpec {
  readonly tree: string;
  readonly parent: CommitId;
  readonly message: string;
  readonly identity: GitIdentity;
}

export interface BranchTip {
  readonly commit: CommitId;
  readonly tree: string;
  readonly parents: readonly string[];
}

/**
 * Adds objects and one reference to the user's repository, and nothing else: index, working tree, HEAD and configuration are not
 * touched, no hook is run. Every method throws SP5039 (exit 1) with git's words.
 */
export interface WorkspaceWriter {
  /** Three-way merge of contents, as `git merge-file` does it; null for a conflict, and for what is no text. */
  merge(base: string, ours: string, theirs: string): Promise<string | null>;
  /** The tree of `commit` with these changes. */
  tree(commit: CommitId, changes: readonly EntryChange[]): Promise<string>;
  commit(spec: CommitSpec): Promise<CommitId>;
  tipOf(branch: string): Promise<BranchTip | null>;
  /** A branch above or beneath the name, so that git cannot have both. */
  inTheWayOf(branch: string): Promise<string | null>;
  /** Only creates: a branch of that name is never moved. */
  createBranch(branch: string, at: CommitId): Promise<void>;
}

export interface WorkspaceWriterPlace {
  /** Absolute. */
  readonly gitDir: string;
  readonly searchPath: string | undefined;
  /** Who runs setpoint. Root writes as the owner of the repository: they could not remove root's files from it. */
  readonly caller: { readonly uid: number };
}

/** Runs `work` with a writer that has a scratch directory of its own, which is removed afterwards. */
export async function withWorkspaceWriter<T>(
  { gitDir, searchPath, caller }: WorkspaceWriterPlace,
  work: (writer: WorkspaceWriter) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'setpoint-branch-'));
  try {
    const { uid, gid } = await stat(gitDir);
    const owner = caller.uid === 0 && uid !== 0 ? { uid, gid } : undefined;
    if (owner !== undefined) await chown(scratch, uid, gid);
    const git = saidHere(gitCommand({ gitDir, cwd: scratch, searchPath, owner }), gitDir);
    return await work(writerWith(git, scratch));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function writerWith(git: GitCommand, scratch: string): WorkspaceWriter {
  return {
    merge: (...ids) => mergeBlobs(git, scratch, ids),
    tree: (commit, changes) => writeTree(git, join(scratch, 'index'), commit, changes),
    async commit({ tree, parent, message, identity }) {
      const args = ['commit-tree', tree, '-p', parent, '-F', '-'];
      return (await text(git(args, { input: message, env: identity }))) as CommitId;
    },
    tipOf: (branch) => tipOf(git, branch),
    inTheWayOf: (branch) => inTheWayOf(git, branch),
    async createBranch(branch, at) {
      const nothing = '0'.repeat(at.length);
      const note = ['-m', 'setpoint: taken back'];
      await git(['update-ref', ...note, `refs/heads/${branch}`, at, nothing]);
    },
  };
}

async function mergeBlobs(
  git: GitCommand,
  scratch: string,
  ids: readonly [base: string, ours: string, theirs: string],
): Promise<string | null> {
  const [base, ours, theirs] = await readBlobs(git, ids);
  const sides = { ours, base, theirs };
  const files: string[] = [];
  for (const [name, bytes] of Object.entries(sides)) {
    if (bytes === null || bytes === undefined) return null;
    const file = join(scratch, name);
    await writeFile(file, bytes, { mode: 0o644 });
    files.push(file);
  }
  // The exit code is the number of conflicts; 255: it is no text.
  const accept = Array.from({ length: 256 }, (_, code) => code);
  const { exitCode, stdout } = await git(['merge-file', '-q', '-p', ...files], { accept });
  if (exitCode !== 0) return null;
  return text(git(['hash-object', '-w', '--stdin'], { input: stdout }));
}

async function writeTree(
  git: GitCommand,
  index: string,
  commit: CommitId,
  changes: readonly EntryChange[],
): Promise<string> {
  const env = { GIT_INDEX_FILE: index };
  await git(['read-tree', commit], { env });
  const lines = changes.map(([path, entry]) => {
    // Mode 0 takes the path out; the id is not looked at.
    const { mode, id } = entry ?? { mode: '0', id: '0'.repeat(commit.length) };
    return `${mode} ${id}\t${path}\0`;
  });
  await git(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
  return text(git(['write-tree'], { env }));
}

async function tipOf(git: GitCommand, branch: string): Promise<BranchTip | null> {
  const ref = `refs/heads/${branch}`;
  const format = '--format=%(refname)%00%(objectname)%00%(tree)%00%(parent)';
  // The pattern finds what is beneath the name, too.
  for (const line of (await text(git(['for-each-ref', format, ref]))).split('\n')) {
    const [name, commit = '', tree = '', parents = ''] = line.split('\0');
    if (name === ref) return { commit: commit as CommitId, tree, parents: parents.split(' ') };
  }
  return null;
}

async function inTheWayOf(git: GitCommand, branch: string): Promise<string | null> {
  const words = branch.split('/');
  const above = words.map((_, at) => words.slice(0, at).join('/')).slice(1);
  const refs = [...above, branch].map((name) => `refs/heads/${name}`);
  const found = await text(git(['for-each-ref', '--format=%(refname:lstrip=2)', ...refs]));
  const names = found.split('\n');
  return names.find((name) => above.includes(name) || name.startsWith(`${branch}/`)) ?? null;
}

async function text(output: Promise<{ readonly stdout: Buffer }>): Promise<string> {
  return (await output).stdout.toString('utf8').trim();
}

/** The words of git about the user's repository, not about the recorded state. */
function saidHere(git: GitCommand, gitDir: string): GitCommand {
  return async (args, call = {}) => {
    try {
      // A partial clone could reach for the network.
      return await git(args, { ...call, env: { ...call.env, GIT_NO_LAZY_FETCH: '1' } });
    } catch (error) {
      const [problem] = error instanceof SetpointError ? error.diagnostics : [];
      if (problem?.code !== 'SP5002') throw error;
      throw stateError('SP5039', {
        message: `nothing can be written to ${gitDir}: ${problem.message}`,
        help: 'Remove the cause (permission, disk space, git fsck), then run the command again.',
        ...(problem.detail === undefined ? {} : { detail: problem.detail }),
      });
    }
  };
}
