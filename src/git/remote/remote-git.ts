import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import type { Clock, CommandResult, Commands } from '../../host/ports.ts';
import type { Millis } from '../../model/brand.ts';
import { remoteReason } from './remote-reason.ts';

/** What of the caller's environment reaches git when it talks to a remote: their settings, keys, agents, proxies. */
const PASSED_ON = [
  'HOME',
  'XDG_CONFIG_HOME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'SSH_AUTH_SOCK',
  'GIT_SSH_COMMAND',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
];

/** Nobody is asked, by no program that the caller's environment or settings name; ssh has no terminal either. */
const NO_QUESTIONS = {
  GIT_TERMINAL_PROMPT: '0',
  // Empty: not even core.askPass.
  GIT_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
};

const NOT_SSH = /^(?:\/|file:|https?:|git:)/;

/** What the remote is called in arguments. */
export const REMOTE = 'setpoint';

export interface RemoteGitOptions {
  readonly gitDir: string;
  /** Where git runs; must exist. */
  readonly cwd: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
  readonly clock: Clock;
  /** For all calls together. */
  readonly limit: Millis;
  /** Settings (`name=value`) of this caller. */
  readonly config?: readonly string[];
  /** Ends a call. */
  readonly signal?: AbortSignal;
}

/** Never throws: what went wrong is in the result; `remoteProblem` has words for it. */
export type RemoteGit = (args: readonly string[]) => Promise<CommandResult>;

/**
 * Git with the network and the caller's keys; it asks nobody. The address is given by environment: arguments can be read by
 * everyone (ps). All calls together end within the limit.
 */
export function remoteGit(options: RemoteGitOptions): RemoteGit {
  const { gitDir, cwd, url, env, commands, clock, limit, signal } = options;
  const end = clock.monotonic() + limit;
  const passed = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const settings = (options.config ?? []).flatMap((setting) => ['-c', setting]);
  const run = (args: readonly string[], more: Readonly<Record<string, string>>) =>
    commands.run(['git', ...settings, `--git-dir=${gitDir}`, ...args], {
      cwd,
      timeout: Math.max(1, end - clock.monotonic()) as Millis,
      ...(signal === undefined ? {} : { signal }),
      env: {
        ...Object.fromEntries(passed),
        ...more,
        LC_ALL: 'C',
        ...NO_QUESTIONS,
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: `remote.${REMOTE}.url`,
        GIT_CONFIG_VALUE_0: url,
        GIT_CONFIG_KEY_1: 'core.hooksPath',
        GIT_CONFIG_VALUE_1: '/dev/null',
      },
    });
  let asked: Promise<Readonly<Record<string, string>>> | undefined;
  return async (args) => run(args, await (asked ??= ssh()));

  /** A person's own command is theirs; without one, ssh must not try an empty password where it cannot ask for one. */
  async function ssh(): Promise<Readonly<Record<string, string>>> {
    if (env['GIT_SSH_COMMAND'] !== undefined || NOT_SSH.test(url)) return {};
    const set = await run(['config', '--get', 'core.sshCommand'], {});
    return set.exitCode === 0 ? {} : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' };
  }
}

export function succeeded({ exitCode, timedOut }: CommandResult): boolean {
  return exitCode === 0 && !timedOut;
}

/** The address and why it did not work, in the remote's own words, credentials taken out. */
export function remoteProblem(url: string, result: CommandResult, limit: Millis): string {
  const why = result.timedOut
    ? `no answer within ${String(limit / 1000)} seconds`
    : (result.spawnError ??
      remoteReason(result.stderr, result.stdout) ??
      `git exited ${String(result.exitCode)}`);
  return `${withoutCredentials(url)}: ${withoutCredentials(why.replaceAll(url, withoutCredentials(url)))}`;
}
