import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type { RealPath } from '../../model/brand.ts';

/**
 * The submodule that a path of the workspace lies in, relative to the workspace, when its folder is empty or missing, as `git clone`
 * leaves it. Known by `.gitmodules`, of the workspace's repository or of a submodule in it: so it is in a copy of a commit, too.
 */
export function emptySubmodule(workspace: RealPath, path: string): string | null {
  const file = join(workspace, path);
  for (let dir = dirname(file); dir !== dirname(dir); dir = dirname(dir)) {
    const found = pathsIn(join(dir, '.gitmodules'))
      .map((one) => join(dir, one))
      .find((one) => file.startsWith(`${one}/`) && isEmpty(one));
    if (found !== undefined) return relative(workspace, found);
  }
  return null;
}

/** A file of git's configuration; quotes are there for blanks at the ends and comment signs. */
function pathsIn(gitmodules: string): readonly string[] {
  try {
    const lines = readFileSync(gitmodules, 'utf8').split('\n');
    return lines.flatMap((line) => /^\s*path\s*=\s*"?(.+?)"?\s*$/.exec(line)?.[1] ?? []);
  } catch {
    return [];
  }
}

function isEmpty(dir: string): boolean {
  try {
    return readdirSync(dir).length === 0;
  } catch {
    return true;
  }
}
