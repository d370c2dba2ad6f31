import { constants } from 'node:fs';
import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { RealPath, WorkspacePath } from '../../model/brand.ts';

export type Source =
  | { readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly problem: string };

/** Larger sources belong on an artefact server, not in git. */
const MAX_SOURCE = 10 * 1024 * 1024;

/**
 * Reads files that plans name. Whatever leads outside the workspace, also through a symbolic link, is refused: a plan must
 * not be able to copy a file of the machine that plans it. Results are cached for one command.
 */
export function sourceReader(workspace: RealPath): (path: WorkspacePath) => Source {
  const cache = new Map<WorkspacePath, Source>();
  const top = realpathSync(workspace);
  return (path) => {
    const known = cache.get(path);
    if (known !== undefined) return known;
    const source = readSource(top, path);
    cache.set(path, source);
    return source;
  };
}

function readSource(top: string, path: WorkspacePath): Source {
  try {
    const real = realpathSync(join(top, path));
    if (!real.startsWith(top + sep)) return { problem: 'it leads outside the workspace' };
    const fd = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) return { problem: 'it is not a regular file' };
      if (stat.size > MAX_SOURCE) return { problem: `it is larger than ${MAX_SOURCE} bytes` };
      return { bytes: readFileSync(fd), executable: (stat.mode & 0o100) !== 0 };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return { problem: 'it does not exist' };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
