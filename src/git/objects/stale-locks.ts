import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../model/outcome.ts';
import { errnoOf, stateError } from '../state-error.ts';

/**
 * Removes git's `*.lock` files that a killed git left in the state repository (every later commit would fail on them) and
 * gives their paths. Only under the run lock, which every git of ours inherits: then only a person's git can be at work.
 * Throws SP5013 (exit 5) when a live process has one open or is a git on this repository.
 */
export async function clearStaleGitLocks(
  gitDir: string,
  proc = '/proc',
): Promise<readonly string[]> {
  const locks = await findLocks(gitDir);
  if (locks.length === 0) return [];
  const user = await liveUser(gitDir, locks, proc);
  if (user !== null) {
    throw stateError('SP5013', {
      message: `process ${user.pid} (${user.command}) is working in ${gitDir}`,
      help: 'Wait until it has ended, then run the command again.',
      exitCode: EXIT.locked,
    });
  }
  for (const lock of locks) await rm(lock, { force: true });
  return locks;
}

/** Git makes lock files beside HEAD, config, packed-refs and indexes, and beside each ref; none among the objects. */
async function findLocks(gitDir: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of ['', 'refs', 'logs']) {
    const entries = await readdir(join(gitDir, folder), {
      withFileTypes: true,
      recursive: folder !== '',
    }).catch(noneIfMissing);
    for (const entry of entries) {
      if (entry.isFile() && entry.name.endsWith('.lock'))
        found.push(join(entry.parentPath, entry.name));
    }
  }
  return found;
}

function noneIfMissing(error: unknown): [] {
  if (errnoOf(error) === 'ENOENT') return [];
  throw error;
}

interface LiveUser {
  readonly pid: string;
  readonly command: string;
}

/** Git may have closed a lock file that it still needs, so a git process that names or stands in the repository counts too. */
async function liveUser(
  gitDir: string,
  locks: readonly string[],
  proc: string,
): Promise<LiveUser | null> {
  const wanted = new Set(locks);
  for (const pid of await readdir(proc)) {
    if (!/^\d+$/.test(pid)) continue;
    const directory = join(proc, pid);
    const command = await quietly(readFile(join(directory, 'cmdline'), 'utf8'), '');
    const argv = command.split('\0');
    const isGit = /(?:^|\/)git(?:-[a-z-]+)?$/.test(argv[0] ?? '');
    const cwd = isGit ? await quietly(readlink(join(directory, 'cwd')), '') : '';
    const onRepository = isGit && (cwd.startsWith(gitDir) || command.includes(gitDir));
    if (onRepository || (await hasOpen(directory, wanted))) {
      return { pid, command: argv.join(' ').trim() };
    }
  }
  return null;
}

async function hasOpen(directory: string, wanted: ReadonlySet<string>): Promise<boolean> {
  const fds = await quietly(readdir(join(directory, 'fd')), []);
  for (const fd of fds) {
    if (wanted.has(await quietly(readlink(join(directory, 'fd', fd)), ''))) return true;
  }
  return false;
}

/** A process may end, or belong to another user, while it is looked at: then it tells nothing. */
async function quietly<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errnoOf(error) ?? '')) return otherwise;
    throw error;
  }
}
