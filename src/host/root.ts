import { realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostPath, RealPath } from '../model/brand.ts';
import type { ObservedContent, ObservedFile } from '../model/file-image.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorWords, fileError } from './file-errors.ts';
import { readMounts } from './mounts.ts';
import { crontabState, NO_INODE, ownCrontab } from './own-crontab/account.ts';
import { readOwnCrontab } from './own-crontab/read-own-crontab.ts';
import type { Account } from './own-crontab/account.ts';
import type { LookedAt, ObserveOptions, Root } from './ports.ts';
import { readRegularFile, refuseEntry, refused } from './read-file.ts';
import { joinRoot, resolvePath, type ResolvedPath } from './resolve-path.ts';

const ATTEMPTS = 4;
/** Milliseconds for which one reading of mountinfo serves: a plan of 10,000 files must not read it 10,000 times. */
const MOUNTS_AGE = 250;

/**
 * The managed root. `dir` must be an existing directory (SP6001, exit 64). `mountInfo` is for tests.
 */
export function openRoot(dir: string, mountInfo?: string): Root {
  const real = existingDirectory(dir);
  const mountPoints = cachedMountPoints(mountInfo);
  return {
    dir: real,
    toReal: (path) => joinRoot(real, path),
    toHost: (path) => stripRoot(real, path),
    observe: (path, options) => observe(real, path, mountPoints, options ?? {}),
    lookAt: (path) => Promise.resolve(lookAt(real, path)),
    list: (directory) => list(real, directory),
  };
}

/** A link that leads nowhere is nothing that could be opened. */
function lookAt(root: RealPath, declared: HostPath): LookedAt {
  const { path, found } = resolvePath(root, declared);
  if (found.kind === 'entry') {
    return { path, present: found.stat.isDirectory() ? 'directory' : 'file' };
  }
  return { path, present: found.kind === 'not-readable' ? 'unknown' : 'absent' };
}

async function list(root: RealPath, directory: HostPath): Promise<readonly string[]> {
  const { realPath, found } = resolvePath(root, directory);
  if (found.kind !== 'entry' || !found.stat.isDirectory()) return [];
  try {
    return (await readdir(realPath)).toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError(error, 'list the directory', realPath);
  }
}

async function observe(
  root: RealPath,
  declared: HostPath,
  mountPoints: () => ReadonlySet<string>,
  options: ObserveOptions,
): Promise<ObservedFile> {
  const account = ownCrontab(joinRoot(root, declared));
  if (account !== null) return observeCrontab(declared, account);
  const inPlace = options.inPlace === true;
  for (let attempt = 1; ; attempt += 1) {
    const resolved = resolvePath(root, declared);
    const { path, realPath, linkText } = resolved;
    const content = readResolved(resolved, mountPoints, inPlace);
    if (content !== undefined) return { declared, path, realPath, linkText, content };
    if (attempt === ATTEMPTS) {
      const reason = `${path} keeps changing while it is read`;
      return { declared, path, realPath, linkText, content: refused('not-readable', reason) };
    }
    await delay(attempt * 5);
  }
}

/** Of the machine alone: below another root there is no such path. */
function observeCrontab(path: HostPath, account: Account): ObservedFile {
  const place = { declared: path, path, realPath: path as string as RealPath, linkText: null };
  try {
    const bytes = readOwnCrontab();
    // How crontab -l shows a carriage return (crontab.c list_cmd): written back it would be these two characters.
    if (/\\r$/m.test(bytes.toString('latin1'))) {
      const reason = `${path} seems to have carriage returns at the end of lines, which crontab(1) does not give back: take them out with crontab -e`;
      return { ...place, content: refused('not-readable', reason) };
    }
    const state = crontabState(bytes, account);
    return { ...place, content: { kind: 'file', bytes, state, ...NO_INODE } };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { ...place, content: refused('not-readable', error.message) };
  }
}

/** `undefined` when the file changed between looking and reading: look again. */
function readResolved(
  { path, realPath, found }: ResolvedPath,
  mountPoints: () => ReadonlySet<string>,
  inPlace: boolean,
): ObservedContent | undefined {
  if (found.kind === 'absent') return found;
  if (found.kind !== 'entry') return refused(found.kind, found.reason);
  const refusal = refuseEntry(found.stat, path, inPlace);
  if (refusal !== null) return refusal;
  try {
    if (mountPoints().has(realPath) && !inPlace) {
      const reason = `${path} is a mount point (a bind-mounted file) and cannot be replaced`;
      return refused('bind-mount', reason);
    }
    return readRegularFile(realPath, path, inPlace);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return undefined;
    if (error instanceof SetpointError) return refused('not-readable', error.message);
    if (code === undefined) throw error;
    return refused('not-readable', `${path} cannot be read: ${errorWords(error)}`);
  }
}

function cachedMountPoints(mountInfo: string | undefined): () => ReadonlySet<string> {
  let points: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - readAt > MOUNTS_AGE) {
      points = readMounts(mountInfo).mountPoints();
      readAt = now;
    }
    return points;
  };
}

function stripRoot(root: RealPath, path: RealPath): HostPath {
  if (root === '/') return path as string as HostPath;
  if (path === root) return '/' as HostPath;
  if (!path.startsWith(`${root}/`)) throw new Error(`${path} is not inside ${root}`);
  return path.slice(root.length) as HostPath;
}

function existingDirectory(dir: string): RealPath {
  let problem: string;
  try {
    const real = realpathSync(dir);
    if (statSync(real).isDirectory()) return real as RealPath;
    problem = 'not a directory';
  } catch (error) {
    problem = errorWords(error);
  }
  throw new SetpointError(EXIT.usage, [
    {
      code: 'SP6001',
      severity: 'error',
      message: `the root ${dir} cannot be used: ${problem}`,
      help: 'Give an existing directory to --root; setpoint does not create it.',
    },
  ]);
}
