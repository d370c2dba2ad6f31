import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { isTemporaryName } from '../../host/temporary-names.ts';
import type { RealPath } from '../../model/brand.ts';

/**
 * Removes unfinished files (host/temporary-names.ts) that a killed process left directly in these directories. The caller holds
 * the run lock, so nobody is writing one. No error for a directory that is not there. Errors: SP601x.
 */
export function sweepTemporaries(directories: readonly RealPath[]): void {
  for (const directory of directories) {
    for (const name of listNames(directory).filter(isTemporaryName)) {
      const path = join(directory, name);
      try {
        rmSync(path, { force: true });
      } catch (error) {
        throw fileError(error, 'remove', path);
      }
    }
  }
}

/** `top` and every directory below it; none when it is not there. Errors: SP601x. */
export function directoriesBelow(top: RealPath): readonly RealPath[] {
  try {
    const entries = readdirSync(top, { recursive: true, withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory());
    return [top, ...below.map((entry) => join(entry.parentPath, entry.name) as RealPath)];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError(error, 'list', top);
  }
}

function listNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fileError(error, 'list', directory);
  }
}
