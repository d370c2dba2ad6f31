import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs';
import { posix } from 'node:path';
import type { HostPath, RealPath } from '../model/brand.ts';
import { errorCode, errorWords } from './file-errors.ts';

/** Linux follows at most 40 symbolic links in one path (path_resolution(7)). */
const MAX_LINKS = 40;

export interface ResolvedPath {
  /** Without symlinks; below the first missing directory as written. */
  readonly path: HostPath;
  readonly realPath: RealPath;
  /** Text of the symlink that the path itself is, else `null`. */
  readonly linkText: string | null;
  /** Directories in which a symlink was followed: whoever may write there decides where the path leads. */
  readonly links: readonly RealPath[];
  readonly found:
    | { readonly kind: 'absent' }
    | { readonly kind: 'entry'; readonly stat: BigIntStats }
    | { readonly kind: 'dangling-link' | 'not-readable' | 'no-place'; readonly reason: string };
}

interface Part {
  readonly name: string;
  readonly fromLink: boolean;
}

/** Lexical join inside the root: `..` stops at the root, as chroot(2) does. */
export function joinRoot(root: string, path: string): RealPath {
  const inside = posix.normalize(`/${path}`);
  const joined = root === '/' ? inside : root + inside;
  return (joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined) as RealPath;
}

/**
 * Follows symlinks component by component as a process chrooted to `root` would: absolute link texts start at the root,
 * `..` cannot leave it. Never throws for what is on the disk.
 */
export function resolvePath(root: RealPath, declared: string): ResolvedPath {
  const pending = parts(declared, false);
  const last = pending.at(-1);
  const done: string[] = [];
  let linkText: string | null = null;
  const links: RealPath[] = [];
  const end = (found: ResolvedPath['found'], rest: readonly Part[] = []): ResolvedPath => {
    const path = posix.normalize(`/${[...done, ...rest.map((part) => part.name)].join('/')}`);
    return { path: path as HostPath, realPath: joinRoot(root, path), linkText, links, found };
  };
  const top: Part = { name: '.', fromLink: false };
  let stat: BigIntStats | undefined;
  for (let part = pending.shift() ?? top; ; part = pending.shift() ?? top) {
    if (part.name === '..') {
      done.pop();
      stat = undefined;
      continue;
    }
    if (part === top && stat !== undefined) return end({ kind: 'entry', stat });
    const here = posix.normalize(`/${[...done, part.name].join('/')}`);
    try {
      stat = lstatSync(joinRoot(root, here), { bigint: true });
      if (!stat.isSymbolicLink()) {
        if (part !== top) done.push(part.name);
        continue;
      }
      const text = readlinkSync(joinRoot(root, here));
      if (part === last) linkText = text;
      links.push(joinRoot(root, done.join('/')));
      if (links.length > MAX_LINKS) {
        return end({ kind: 'dangling-link', reason: `${declared} is a loop of symbolic links` });
      }
      if (text.startsWith('/')) done.length = 0;
      pending.unshift(...parts(text, true));
    } catch (error) {
      return end(failure(error, here, declared, part), [part, ...pending]);
    }
  }
}

function parts(text: string, fromLink: boolean): Part[] {
  return text
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .map((name) => ({ name, fromLink }));
}

/** No rights would help: the path itself leads nowhere. */
const NO_PLACE: ReadonlySet<string | undefined> = new Set(['ENAMETOOLONG', 'ENOTDIR']);

function failure(
  error: unknown,
  here: string,
  declared: string,
  part: Part,
): ResolvedPath['found'] {
  const code = errorCode(error);
  if (code !== 'ENOENT') {
    return {
      kind: NO_PLACE.has(code) ? 'no-place' : 'not-readable',
      reason: `${here} cannot be read: ${errorWords(error)}`,
    };
  }
  if (!part.fromLink) return { kind: 'absent' };
  return {
    kind: 'dangling-link',
    reason: `${declared} leads through a symbolic link to ${here}, which does not exist`,
  };
}
