import { readGlob } from '../glob.ts';

/** Whether a glob matches a whole path of the host. One that is not valid matches nothing. */
export function matchesPath(glob: string, path: string): boolean {
  return glob.startsWith('/') && readGlob(glob).matches?.(path) === true;
}

/** Why `glob` is no glob on paths of a host, or `null`. */
export function pathGlobProblem(glob: string): string | null {
  return glob.startsWith('/') ? readGlob(glob).problem : 'it does not begin with /';
}
