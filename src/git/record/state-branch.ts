import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { fsyncObjects, fsyncPath } from '../objects/durable-directory.ts';
import type { GitCommand } from '../git-command.ts';
import { damaged } from './serialise.ts';
import { errnoOf, stateError } from '../state-error.ts';
import type { StatePlace } from './state-paths.ts';

const NO_COMMIT = '0'.repeat(40);

/**
 * Commit that the host's branch points to; null when there is no branch yet. Throws SP5011 when there is one that cannot be
 * read: taking a damaged branch for an empty one would forget every owner.
 */
export async function branchHead(git: GitCommand, place: StatePlace): Promise<CommitId | null> {
  const loose = await looseBranch(place);
  if (loose !== null) return loose;
  if ((await isNowhere(place)) && !(await wasMoved(place))) return null;
  const { stdout, exitCode } = await git(['rev-parse', '--verify', '--quiet', place.ref], {
    accept: [0, 1, 128],
  });
  if (exitCode === 0) return stdout.toString('utf8').trim() as CommitId;
  const there = await exists(join(place.gitDir, place.ref));
  if (!there && !(await wasMoved(place))) return null;
  throw await unreadable(git, place, there);
}

/** The branch as git's files backend keeps it and as we write it; null when it is packed, missing or no commit's id. */
async function looseBranch({ gitDir, ref }: StatePlace): Promise<CommitId | null> {
  const text = await readFile(join(gitDir, ref), 'latin1').catch(() => '');
  return /^[0-9a-f]{40}\n$/.test(text) ? (text.trim() as CommitId) : null;
}

/**
 * Whether no branch can be there: no file of its own, then none of packed ones, in a repository that keeps its branches in files.
 * Git looks in this order, too: who packs branches writes the one before removing the other.
 */
async function isNowhere({ gitDir, ref }: StatePlace): Promise<boolean> {
  if (await exists(join(gitDir, ref))) return false;
  const others = ['packed-refs', 'reftable', 'commondir'].map((name) => exists(join(gitDir, name)));
  return !(await Promise.all(others)).includes(true) && exists(join(gitDir, 'refs/heads'));
}

async function unreadable(
  git: GitCommand,
  place: StatePlace,
  there: boolean,
): Promise<SetpointError> {
  const file = join(place.gitDir, place.ref);
  const help = await putBack(git, place, null, there);
  const what = there ? 'the branch cannot be read' : 'the branch is gone';
  const problem = damaged(place.ref, `${what} (${file})`);
  return new SetpointError(EXIT.failed, [{ ...problem, help }]);
}

/**
 * What brings a lost branch back: the commit that its log named last, or else `named`, if it is there; else any that `git fsck`
 * still finds. `there`: a branch that cannot be read is in its place, which git does not write over.
 */
export async function putBack(
  git: GitCommand,
  place: StatePlace,
  named: string | null,
  there = false,
): Promise<string> {
  const last = await lastKnown(git, place, named);
  const command = `git --git-dir=${place.gitDir}`;
  const remove = there ? `rm ${join(place.gitDir, place.ref)} && ` : '';
  const put = (commit: string): string =>
    `\`${remove}${command} update-ref ${place.ref} ${commit}\``;
  return last === null
    ? `Find its last commit with \`${command} fsck --lost-found\`, put it back with ${put('COMMIT')}, then run \`setpoint recover\`.`
    : `Its last commit was ${last}: put it back with ${put(last)}, then run \`setpoint recover\`.`;
}

/**
 * Whether the branch's log says that it was somewhere before it moved last. Git removes the log of a branch that it deletes, and
 * writes the first line before it makes the branch: a branch that ever moved, has a log and is not there was lost.
 */
async function wasMoved(place: StatePlace): Promise<boolean> {
  const [from = ''] = await lastLogged(place);
  return /^[0-9a-f]{40}$/.test(from) && from !== NO_COMMIT;
}

/** Words of the last line of the branch's log: from, to, who, when, why. */
async function lastLogged({ gitDir, ref }: StatePlace): Promise<readonly string[]> {
  const log = await readFile(join(gitDir, 'logs', ref), 'utf8').catch(() => '');
  return (log.trimEnd().split('\n').at(-1) ?? '').split(' ');
}

async function lastKnown(
  git: GitCommand,
  place: StatePlace,
  named: string | null,
): Promise<CommitId | null> {
  const [, logged = ''] = await lastLogged(place);
  for (const id of [logged, named ?? '']) {
    if (!/^[0-9a-f]{40,64}$/.test(id)) continue;
    const { exitCode } = await git(['cat-file', '-e', `${id}^{commit}`], { accept: [0, 1, 128] });
    if (exitCode === 0) return id as CommitId;
  }
  return null;
}

/**
 * Throws SP5016 (exit 6) when the repository has a branch of another host and none of this one: after a changed host name an
 * empty record would adopt changed values as if they were the originals. Nothing before the first commit of any host.
 */
export async function refuseOtherHost(git: GitCommand, place: StatePlace): Promise<void> {
  const all = 'refs/heads/setpoint/';
  const { stdout } = await git(['for-each-ref', '--format=%(refname)', all]);
  const hosts = stdout
    .toString('utf8')
    .split('\n')
    .flatMap((ref) => (ref.startsWith(all) ? [ref.slice(all.length)] : []));
  const [other] = hosts;
  if (other === undefined || hosts.includes(place.host)) return;
  throw stateError('SP5016', {
    message: `the state directory ${place.stateDir} belongs to host ${hosts.join(' and ')}, not ${place.host}`,
    help: `Name the host as before: --host ${other} once, or write ${other} to etc/setpoint/host below the root for good. To plan another host: setpoint plan --against=recorded`,
    exitCode: EXIT.stale,
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Moves the host's branch from `from` to `to` (compare-and-swap) and makes that durable. Already at `to`, or beyond it: done.
 * Throws SP5012 (exit 6) when the branch is anywhere else, SP5002 when `to` is not in the repository.
 */
export async function advanceBranch(
  git: GitCommand,
  place: StatePlace,
  to: CommitId,
  from: CommitId | null,
): Promise<void> {
  const head = await branchHead(git, place);
  if (head === from && head !== to) {
    await git(
      [
        'update-ref',
        '--create-reflog',
        '-m',
        `setpoint: advance to ${to}`,
        place.ref,
        to,
        from ?? NO_COMMIT,
      ],
      { env: { GIT_COMMITTER_NAME: 'setpoint', GIT_COMMITTER_EMAIL: `setpoint@${place.host}` } },
    );
  } else if (!(await isReached(git, to, head))) {
    throw stateError('SP5012', {
      message: `the branch setpoint/${place.host} of the recorded state is at ${head ?? 'no commit'}, expected at ${from ?? 'no commit'}`,
      help: `Someone moved it. Compare with \`git --git-dir=${place.gitDir} log ${place.ref}\`, put it back with \`git update-ref\`, then run \`setpoint recover\`.`,
      exitCode: EXIT.stale,
    });
  }
  await fsyncBranch(place, to);
}

async function isReached(git: GitCommand, to: CommitId, head: CommitId | null): Promise<boolean> {
  if (head === null) return false;
  if (head === to) return true;
  const { exitCode } = await git(['merge-base', '--is-ancestor', to, head], {
    accept: [0, 1, 128],
  });
  return exitCode === 0;
}

/** Also when nothing moved: whoever moved it may have died before its fsync. */
async function fsyncBranch(place: StatePlace, to: CommitId): Promise<void> {
  await fsyncObjects(place.gitDir, [to]);
  for (const file of [place.ref, join('logs', place.ref)]) {
    await fsyncPath(join(place.gitDir, file));
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
      await fsyncPath(join(place.gitDir, folder));
    }
  }
  await fsyncPath(join(place.gitDir, 'packed-refs'));
  await fsyncPath(place.gitDir);
}
