import { posix } from 'node:path';
import type { WorkspacePath } from '../../model/brand.ts';
import { isWellFormed } from '../../model/well-formed.ts';

/** Half of a surrogate pair: no file can have it in its name, and what is written in its place names another file. */
const NOT_UNICODE = {
  message: 'this path is not well-formed Unicode',
  help: 'write each character whole: \\u escapes from D800 to DFFF only in pairs',
};

/** Why `path` cannot name a file on the host, and what to write instead; `null` when it can. */
export function hostPathProblem(path: string): { message: string; help: string | null } | null {
  if (!path.startsWith('/')) {
    return { message: 'a path on the host is absolute', help: 'begin it with /' };
  }
  if (path.split('/').includes('..')) {
    return {
      message: 'a path on the host has no ".." in it',
      help: 'write the path it stands for',
    };
  }
  if (!isWellFormed(path)) return NOT_UNICODE;
  const normal = posix.normalize(path).replace(/(.)\/$/, '$1');
  if (normal === '/') return { message: 'the root directory cannot be managed', help: null };
  if (normal !== path) return { message: 'this path is not normalised', help: `write ${normal}` };
  return null;
}

/** A path inside the workspace, normalised; `./` in front is allowed. */
export function workspacePath(
  text: string,
): { readonly path: WorkspacePath } | { readonly message: string; readonly help: string } {
  const help = 'name a file of the workspace, relative to the directory of setpoint.yaml';
  if (text.startsWith('/'))
    return { message: 'this path is absolute, not inside the workspace', help };
  if (text.split('/').includes('..')) {
    return { message: 'this path has ".." in it and may leave the workspace', help };
  }
  if (!isWellFormed(text)) return NOT_UNICODE;
  const normal = posix.normalize(text);
  if (normal === '.' || normal.endsWith('/'))
    return { message: 'this path names a directory', help };
  return { path: normal as WorkspacePath };
}
