import { userInfo } from 'node:os';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Who acts, as commits and lock holders show it: the person behind sudo, else the user, with `@ci:<job>` in a pipeline.
 * Control characters and blanks are removed, so that the text stays one word of one commit trailer.
 */
export function actorFrom(env: Environment): string {
  const user = word(env['SUDO_USER']) ?? word(env['USER']) ?? word(systemUser()) ?? 'unknown';
  const job = word(env['GITHUB_RUN_ID']) ?? word(env['CI_JOB_ID']);
  return job === null ? user : `${user}@ci:${job}`;
}

function word(text: string | undefined): string | null {
  const clean = (text ?? '').replaceAll(/[\p{C}\s]+/gu, '');
  return clean === '' ? null : clean;
}

function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A container may run with a user id that has no passwd entry: then there is no name to show.
    return undefined;
  }
}
