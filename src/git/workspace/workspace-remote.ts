import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { Clock, Commands } from '../../host/ports.ts';
import type { CommitId, Millis } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { remoteGit, remoteProblem, succeeded } from '../remote/remote-git.ts';
import { stateError } from '../state-error.ts';
import type { UserGit } from './user-git.ts';

/** Somebody waits for it, and may be interrupted for good reasons. */
const LIMIT = 30_000 as Millis;

export interface WorkspaceRemote {
  readonly name: string;
  /** As git uses it for a push. */
  readonly url: string;
}

/**
 * The workspace's own remote: that of the current branch's upstream, `remote.pushDefault`, the only one, or `origin`. Throws
 * SP5038 (exit 64) when none of these is there.
 */
export async function findRemote(git: UserGit): Promise<WorkspaceRemote> {
  const names = (await answer(git, 'remote')).split('\n').filter((name) => name !== '');
  const branch = await answer(git, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  const wanted = [
    branch === '' ? '' : await answer(git, 'config', '--get', `branch.${branch}.remote`),
    await answer(git, 'config', '--get', 'remote.pushDefault'),
    names.length === 1 ? names[0] : '',
    'origin',
  ];
  const name = wanted.find((one) => one !== undefined && names.includes(one));
  const url = name === undefined ? '' : await answer(git, 'remote', 'get-url', '--push', name);
  if (name === undefined || url === '') throw noRemote(names);
  return { name, url };
}

async function answer(git: UserGit, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await git(...args);
  return exitCode === 0 ? stdout.trim() : '';
}

function noRemote(names: readonly string[]) {
  const which =
    names.length === 0
      ? 'no remote'
      : `several remotes (${names.join(', ')}), none of them its own`;
  return stateError('SP5038', {
    message: `the workspace has ${which}: there is nothing to push the branch to`,
    help: 'Leave out --push, or name it: git config remote.pushDefault NAME',
    exitCode: EXIT.usage,
  });
}

export interface PushPlace {
  readonly gitDir: string;
  readonly top: string;
  readonly remote: WorkspaceRemote;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Pushes one commit as a branch; never forced, nobody is asked. Throws SP5038 (exit 1) with the command that does it again. */
export async function pushBranch(
  place: PushPlace,
  branch: string,
  commit: CommitId,
): Promise<void> {
  const { gitDir, top, remote, env, commands, clock, signal } = place;
  const git = remoteGit({
    gitDir,
    // A relative address is one from here.
    cwd: top,
    url: remote.url,
    env,
    commands,
    clock,
    limit: LIMIT,
    signal,
    // It was opened, and git trusts it; only this git does not hear of that.
    config: ['safe.directory=*'],
  });
  const only = ['--porcelain', '--no-follow-tags', '--recurse-submodules=no'];
  const result = await git(['push', ...only, remote.name, `${commit}:refs/heads/${branch}`]);
  if (succeeded(result)) return;
  const taken = /\[rejected\]/u.test(`${result.stdout}${result.stderr}`);
  const again = `git -C ${quoteWord(top)} push ${quoteWord(remote.name)} ${quoteWord(branch)}`;
  throw stateError('SP5038', {
    message: `the branch ${branch} was not pushed: ${remoteProblem(remote.url, result, LIMIT)}`,
    help: taken
      ? 'The remote has another branch of that name, which is never overwritten: give another name with --branch.'
      : `Push it yourself: ${again}`,
  });
}
