import { withoutCredentials } from '../diagnostics/without-credentials.ts';
import type { Clock, CommandResult, Commands } from '../host/ports.ts';
import type { Millis } from '../model/brand.ts';

/** What of the caller's environment reaches git when it talks to a remote: keys, agents, proxies. */
const PASSED_ON = [
  'HOME',
  'XDG_CONFIG_HOME',
  'SSH_AUTH_SOCK',
  'GIT_SSH_COMMAND',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
];

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
  const config = (options.config ?? []).flatMap((setting) => ['-c', setting]);
  return (args) =>
    commands.run(['git', ...config, `--git-dir=${gitDir}`, ...args], {
      cwd,
      timeout: Math.max(1, end - clock.monotonic()) as Millis,
      ...(signal === undefined ? {} : { signal }),
      env: {
        GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
        ...Object.fromEntries(passed),
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: `remote.${REMOTE}.url`,
        GIT_CONFIG_VALUE_0: url,
        GIT_CONFIG_KEY_1: 'core.hooksPath',
        GIT_CONFIG_VALUE_1: '/dev/null',
      },
    });
}

export function succeeded({ exitCode, timedOut }: CommandResult): boolean {
  return exitCode === 0 && !timedOut;
}

/** The address and why it did not work, in the remote's own words, credentials taken out. */
export function remoteProblem(url: string, result: CommandResult, limit: Millis): string {
  // A refused push is told on standard output, after a line on standard error that says nothing.
  const last = `${result.stderr}\n${result.stdout}`
    .split('\n')
    .filter((line) => !line.startsWith('error: failed to push some refs'))
    .findLast((line) => /fatal|error|rejected|denied/i.test(line))
    ?.split('\t')
    .at(-1);
  const why = result.timedOut
    ? `no answer within ${String(limit / 1000)} seconds`
    : (result.spawnError ?? last ?? `git exited ${String(result.exitCode)}`);
  return `${withoutCredentials(url)}: ${withoutCredentials(why.replaceAll(url, withoutCredentials(url)))}`;
}
