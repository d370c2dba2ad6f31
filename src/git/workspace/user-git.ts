import type { CommandResult, Commands } from '../../host/ports.ts';
import type { Millis } from '../../model/brand.ts';

/** Nothing that is asked here needs a network. */
const LIMIT = 10_000 as Millis;
/** What of the caller's environment says who they are and where their configuration is. */
const PASSED_ON = [
  'XDG_CONFIG_HOME',
  'SUDO_UID',
  'EMAIL',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
];

export interface UserGitPlace {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
}

/** Never throws: what went wrong is in the result. */
export type UserGit = (...args: readonly string[]) => Promise<CommandResult>;

/** Git in a directory as the caller would ask it: their identity, their remotes, their settings. For questions only. */
export function userGit({ dir, env, commands }: UserGitPlace): UserGit {
  const passed = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const fixed = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  return (...args) =>
    commands.run(['git', ...args], {
      cwd: dir,
      timeout: LIMIT,
      env: { ...Object.fromEntries(passed), ...fixed },
    });
}
