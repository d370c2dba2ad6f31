import { lstat, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative } from 'node:path';
import { errnoOf } from '../state-error.ts';

/** As many as Linux follows (ELOOP). */
const MAX_LINKS = 40;

/**
 * What decides the bytes read at `path` (relative to `top`): every symlink on the way and the file itself, relative to `top`.
 * Null when the way leaves `top` or turns in circles. Missing parts are simply in the answer.
 */
export async function worktreePlaces(top: string, path: string): Promise<readonly string[] | null> {
  const links: string[] = [];
  let target = normalize(path);
  for (let followed = 0; followed <= MAX_LINKS; followed += 1) {
    if (leaves(target)) return null;
    const link = await firstLink(top, target);
    if (link === null) return [...links, target];
    links.push(link.at);
    const text = isAbsolute(link.text)
      ? relative(top, link.text)
      : join(dirname(link.at), link.text);
    target = normalize(join(text, link.rest));
  }
  return null;
}

function leaves(path: string): boolean {
  return path === '..' || path.startsWith('../') || isAbsolute(path);
}

interface Link {
  readonly at: string;
  readonly text: string;
  readonly rest: string;
}

async function firstLink(top: string, path: string): Promise<Link | null> {
  const components = path.split('/');
  for (let i = 1; i <= components.length; i += 1) {
    const at = components.slice(0, i).join('/');
    try {
      if (!(await lstat(join(top, at))).isSymbolicLink()) continue;
      return { at, text: await readlink(join(top, at)), rest: components.slice(i).join('/') };
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return null;
      throw error;
    }
  }
  return null;
}
