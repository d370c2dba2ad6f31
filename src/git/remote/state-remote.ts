import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Clock, CommandResult, Commands } from '../../host/ports.ts';
import type { CommitId, Millis } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { createStateRepository } from '../record/create-state-repository.ts';
import { gitCommand } from '../git-command.ts';
import type { GitCommand, GitOptions } from '../git-command.ts';
import { NoAnswer } from './no-answer.ts';
import { REMOTE, remoteGit, remoteProblem, succeeded } from './remote-git.ts';
import type { StateAddress } from './state-address.ts';
import { onFileSystem } from '../state-error.ts';
import { stateRepositoryExists } from '../record/state-paths.ts';
import type { StatePlace } from '../record/state-paths.ts';

export interface StateRemoteOptions {
  readonly place: StatePlace;
  readonly address: StateAddress;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
  readonly clock: Clock;
  /** For each of `ask`, `fetch` and `push`. */
  readonly limit: Millis;
  /** The held run lock; needed by all that write. */
  readonly lockFd?: number | undefined;
}

/**
 * The branch of one host at the remote. Nothing is ever forced. Errors: SP5080 (exit 1) with the remote's own words when it does
 * not do what it is asked (NoAnswer where it says nothing of the branch), SP5001 to SP5004 for the repository here.
 */
export interface StateRemote {
  readonly address: StateAddress;
  /** Git on the repository here. */
  readonly local: GitCommand;
  /** The remote's commit when it last was a part of the record here; null: never, or not known. Asks nobody. */
  pushed(): Promise<CommitId | null>;
  /** The remote's commit that the last push could not build upon; null when there is none. Asks nobody. */
  met(): Promise<CommitId | null>;
  /** The branch's commit at the remote; null when it has none. Writes nothing. */
  ask(): Promise<CommitId | null>;
  /** The same, fetched with everything it needs, and remembered as `met`. Makes the repository here when it is missing. */
  fetch(): Promise<CommitId | null>;
  /** Pushes a commit. `moved`: the branch at the remote is at something that the commit does not follow. */
  push(commit: CommitId): Promise<Pushed | 'moved'>;
  /** Remembers that the remote's branch is at `commit`, a part of the record here. */
  notePushed(commit: CommitId): Promise<void>;
  /** What was fetched stands in nobody's way. */
  forgetMet(): Promise<void>;
}

export interface Pushed {
  /** The branch's commit at the remote until then; null: it had none. */
  readonly was: CommitId | null;
}

export function openStateRemote(options: StateRemoteOptions): StateRemote {
  const { place, address, env } = options;
  const runsIn: GitOptions = {
    gitDir: place.gitDir,
    cwd: place.stateDir,
    searchPath: env['PATH'],
    lockFd: options.lockFd,
  };
  const local = gitCommand(runsIn);
  const branch = `refs/heads/${address.branch}`;
  const forgetMet = async () => {
    await local(['update-ref', '-d', address.metRef]);
  };
  const read = async (ref: string) =>
    (await stateRepositoryExists(place)) ? commitAt(local, ref) : null;
  return {
    address,
    local,
    pushed: () => read(address.pushedRef),
    met: () => read(address.metRef),
    ask: async () =>
      headIn(await answer(options, 'looked for', ['ls-remote', REMOTE, branch]), branch),
    fetch: () => onFileSystem(place.stateDir, () => fetchHead(options, runsIn, branch)),
    async push(commit) {
      const result = await call(options, ['push', '--porcelain', REMOTE, `${commit}:${branch}`]);
      if (succeeded(result)) return { was: before(result.stdout, commit) };
      if (/^!\t.*\[rejected\]/m.test(result.stdout) && !result.timedOut) return 'moved';
      throw problem(options, 'pushed', result);
    },
    async notePushed(commit) {
      await local(['update-ref', address.pushedRef, commit]);
      await forgetMet();
    },
    forgetMet,
  };
}

/** Whole, checked, and on no branch: `met` holds what came. */
const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'];
const SETTINGS = [
  'fetch.fsckObjects=true',
  'fetch.unpackLimit=1',
  'core.fsync=all',
  // What a push tells of the commit before is a whole id.
  'core.abbrev=40',
];

function call(options: StateRemoteOptions, args: readonly string[]): Promise<CommandResult> {
  const { place, address, env, commands, clock, limit } = options;
  const { gitDir } = place;
  // Not in the state directory: `ask` works before there is one.
  const git = remoteGit({
    gitDir,
    cwd: '/',
    url: address.url,
    env,
    commands,
    clock,
    limit,
    config: SETTINGS,
  });
  return git(args);
}

async function fetchHead(
  options: StateRemoteOptions,
  runsIn: GitOptions,
  branch: string,
): Promise<CommitId | null> {
  const listing = await answer(options, 'looked for', ['ls-remote', REMOTE, branch]);
  if (headIn(listing, branch) === null) return null;
  const { place, address } = options;
  if (!(await stateRepositoryExists(place))) await createStateRepository(place, runsIn);
  await answer(options, 'fetched', [...FETCH, REMOTE, `+${branch}:${address.metRef}`]);
  return commitAt(gitCommand(runsIn), address.metRef);
}

async function answer(
  options: StateRemoteOptions,
  what: 'looked for' | 'fetched',
  args: readonly string[],
): Promise<string> {
  const result = await call(options, args);
  if (!succeeded(result)) throw problem(options, what, result);
  return result.stdout;
}

function problem(
  { address, limit }: StateRemoteOptions,
  what: 'looked for' | 'fetched' | 'pushed',
  result: CommandResult,
): SetpointError {
  const message = `recorded state was not ${what}: ${remoteProblem(address.url, result, limit)}`;
  const help = 'Repair the way to the remote, then run the command again.';
  const Problem = what === 'looked for' || result.timedOut ? NoAnswer : SetpointError;
  return new Problem(EXIT.failed, [{ code: 'SP5080', severity: 'error', message, help }]);
}

/** A pattern of ls-remote finds every reference that ends like it. */
function headIn(listing: string, branch: string): CommitId | null {
  for (const line of listing.split('\n')) {
    const [head = '', ref] = line.split('\t');
    if (ref === branch && /^[0-9a-f]{40}$/.test(head)) return head as CommitId;
  }
  return null;
}

/** From the lines of `--porcelain`: `*` a new branch, `=` up to date, a space for `old..new`. */
function before(porcelain: string, commit: CommitId): CommitId | null {
  if (/^=\t/m.test(porcelain)) return commit;
  const [, old] = /^ \t[^\t]*\t([0-9a-f]{40})\.\./m.exec(porcelain) ?? [];
  return old === undefined ? null : (old as CommitId);
}

async function commitAt(git: GitCommand, ref: string): Promise<CommitId | null> {
  const { exitCode, stdout } = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], {
    accept: [0, 1, 128],
  });
  return exitCode === 0 ? (stdout.toString('utf8').trim() as CommitId) : null;
}
