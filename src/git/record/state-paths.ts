import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HostName } from '../../model/brand.ts';
import { hasSoundHead } from './repository-head.ts';
import { errnoOf, stateError } from '../state-error.ts';

/** Identity and place of one host's recorded state. */
export interface StatePlace {
  readonly stateDir: string;
  readonly gitDir: string;
  readonly host: HostName;
  /** `refs/heads/setpoint/<host>`. */
  readonly ref: string;
}

/** Throws SP5015 (exit 64) for a host name that git could not take as a branch (git-check-ref-format). */
export function statePlace(stateDir: string, host: HostName): StatePlace {
  if (!/^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/.test(host) || /\.\.|\.lock$/.test(host)) {
    throw stateError('SP5015', {
      message: `the host name ${JSON.stringify(host)} cannot name a git branch`,
      help: 'Give a host name of letters, digits, `-`, `_` and single dots with --host or SETPOINT_HOST.',
      exitCode: 64,
    });
  }
  return {
    stateDir,
    gitDir: join(stateDir, 'state.git'),
    host,
    ref: `refs/heads/setpoint/${host}`,
  };
}

/**
 * Whether the state repository exists. Git trusts a repository's configuration, which can name commands: throws SP5003 when
 * anyone but the owner of the state directory could have written it, or when it cannot be read at all, SP5011 when git would not
 * take it for a repository any more.
 */
export async function stateRepositoryExists(place: StatePlace): Promise<boolean> {
  const { gitDir } = place;
  try {
    const [repository, owner] = await Promise.all([lstat(gitDir), lstat(dirname(gitDir))]);
    if (!repository.isDirectory())
      throw notPrivate(gitDir, 'is not a directory', `mv ${gitDir} ${gitDir}.old`);
    if ((repository.mode & 0o022) !== 0) {
      throw notPrivate(gitDir, 'can be written by others', `chmod -R go= ${gitDir}`);
    }
    if (repository.uid !== owner.uid) {
      throw notPrivate(
        gitDir,
        'belongs to another user than the state directory',
        `chown -R --reference=${place.stateDir} ${gitDir}`,
      );
    }
    return await hasSoundHead(place);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return false;
    if (errno === 'EACCES' || errno === 'EPERM') {
      throw stateError('SP5003', {
        message: `no permission to read the recorded state in ${gitDir}`,
        help: 'Run setpoint as the user that owns the state directory (root on a real host).',
        cause: error,
      });
    }
    throw error;
  }
}

function notPrivate(gitDir: string, what: string, command: string) {
  return stateError('SP5003', {
    message: `the state repository ${gitDir} ${what}`,
    help: `Find out who changed it; then: ${command}`,
  });
}
