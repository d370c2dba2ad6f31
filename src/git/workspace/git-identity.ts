import { stateError } from '../state-error.ts';
import type { UserGit } from './user-git.ts';

/** Who commits, as variables for git. */
export type GitIdentity = Readonly<Record<string, string>>;

const HELP =
  "Say who you are: git config --global user.name 'NAME' && git config --global user.email MAIL";

/** The caller's own identity, never one that git would guess from user and host name. Throws SP5037 (exit 1) when none is set. */
export async function gitIdentity(git: UserGit): Promise<GitIdentity> {
  return { ...(await variablesOf(git, 'AUTHOR')), ...(await variablesOf(git, 'COMMITTER')) };
}

async function variablesOf(git: UserGit, role: 'AUTHOR' | 'COMMITTER'): Promise<GitIdentity> {
  const asked = await git('-c', 'user.useConfigOnly=true', 'var', `GIT_${role}_IDENT`);
  const [, name, email, date] = /^(.*) <(.*)> (\d+ [+-]\d{4})\n$/.exec(asked.stdout) ?? [];
  if (asked.exitCode !== 0 || name === undefined || email === undefined || date === undefined) {
    const words = asked.stderr.trim().split('\n').at(-1) ?? '';
    throw stateError('SP5037', {
      message: `git does not know who commits${words === '' ? '' : `: ${words}`}`,
      help: HELP,
    });
  }
  return {
    [`GIT_${role}_NAME`]: name,
    [`GIT_${role}_EMAIL`]: email,
    [`GIT_${role}_DATE`]: `@${date}`,
  };
}
