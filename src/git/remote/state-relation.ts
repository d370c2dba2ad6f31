import type { CommitId, HostPath } from '../../model/brand.ts';
import type { GitCommand } from '../git-command.ts';
import { readBlobs } from '../objects/object-batch.ts';
import { readHostRecord } from '../record/serialise.ts';
import { HOST_FILE, MANAGED, managedPath } from '../record/tree-layout.ts';

/** `ahead`: the remote lacks commits of here; `behind`: commits of the remote are missing here; `unknown`: its commit is not here. */
export type StateRelation = 'same' | 'ahead' | 'behind' | 'diverged' | 'unknown';

/** How the record here stands to a commit of the remote. Errors: SP5002. */
export async function relationTo(
  git: GitCommand,
  here: CommitId,
  there: CommitId,
): Promise<StateRelation> {
  if (here === there) return 'same';
  const known = await git(['cat-file', '-e', `${there}^{commit}`], { accept: [0, 1, 128] });
  if (known.exitCode !== 0) return 'unknown';
  if (await isAncestor(git, there, here)) return 'ahead';
  return (await isAncestor(git, here, there)) ? 'behind' : 'diverged';
}

export async function isAncestor(
  git: GitCommand,
  ancestor: CommitId,
  of: CommitId,
): Promise<boolean> {
  const { exitCode } = await git(['merge-base', '--is-ancestor', ancestor, of], {
    accept: [0, 1, 128],
  });
  return exitCode === 0;
}

/** Commits of `of` that `without` has not got; `null` there: all. */
export async function commitsBeyond(
  git: GitCommand,
  of: CommitId,
  without: CommitId | null,
): Promise<number> {
  const not = without === null ? [] : ['--not', without];
  const { stdout } = await git(['rev-list', '--count', of, ...not]);
  return Number(stdout.toString('utf8').trim());
}

/** The same commits by their ids. */
export async function beyond(
  git: GitCommand,
  of: CommitId,
  without: CommitId,
): Promise<ReadonlySet<string>> {
  const { stdout } = await git(['rev-list', of, '--not', without]);
  return new Set(
    stdout
      .toString('utf8')
      .split('\n')
      .filter((id) => id !== ''),
  );
}

/** Files that one commit has a record of and another has not. Errors: SP5002. */
export async function managedOnlyIn(
  git: GitCommand,
  commit: CommitId,
  without: CommitId,
): Promise<readonly HostPath[]> {
  const other = new Set(await managedIn(git, without));
  return (await managedIn(git, commit)).filter((path) => !other.has(path));
}

async function managedIn(git: GitCommand, commit: CommitId): Promise<readonly HostPath[]> {
  const { stdout } = await git(['ls-tree', '-r', '-z', '--name-only', commit, `${MANAGED}/`]);
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((name) => managedPath(name) ?? []);
}

/** The id of a commit's tree. Errors: SP5002. */
export async function treeOf(git: GitCommand, commit: CommitId): Promise<string> {
  const { stdout } = await git(['rev-parse', '--verify', `${commit}^{tree}`]);
  return stdout.toString('utf8').trim();
}

/** The host id in a commit's `host.json`; null when it cannot be read. */
export async function hostIdAt(git: GitCommand, commit: CommitId): Promise<string | null> {
  const [bytes] = await readBlobs(git, [`${commit}:${HOST_FILE}`]);
  if (bytes === null || bytes === undefined) return null;
  const read = readHostRecord(bytes, HOST_FILE);
  return read.ok ? read.value.hostId : null;
}

/** Why a push found something else at the remote. */
export type Obstacle =
  | { readonly is: 'other-host'; readonly here: string; readonly there: string }
  /** The same host recorded more than is here: the record here is an older copy. */
  | { readonly is: 'older-copy' }
  /** What was pushed before is not there any more. */
  | { readonly is: 'rewritten' }
  /** Its `host.json` cannot be read: whose record it is cannot be told. */
  | { readonly is: 'damaged' };

/** Both commits are here. `pushed`: what the remote was known to have. */
export async function obstacleOf(
  git: GitCommand,
  here: CommitId,
  there: CommitId,
  pushed: CommitId | null,
): Promise<Obstacle> {
  const [idHere, idThere] = [await hostIdAt(git, here), await hostIdAt(git, there)];
  if (idThere === null) return { is: 'damaged' };
  if (idHere !== idThere) return { is: 'other-host', here: idHere ?? 'unknown', there: idThere };
  const kept = pushed === null || (await isAncestor(git, pushed, there));
  return { is: kept ? 'older-copy' : 'rewritten' };
}
