import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { errorCode, stateFileError } from '../host/file-errors.ts';
import type { RealPath, RunId } from '../model/brand.ts';

/** Runs of this host whose folder is kept and whose id begins with `prefix` (ULID characters, any case), newest first. Errors: SP601x. */
export function runsWithFolder(stateDir: RealPath, prefix: string): readonly RunId[] {
  const wanted = prefix.toUpperCase();
  // Only what can be an id: an argument such as `..` is never a path here.
  if (!/^[0-9A-Z]+$/.test(wanted)) return [];
  return everyRunWithFolder(stateDir).filter((name) => name.startsWith(wanted));
}

/** Runs of this host whose folder is kept, newest first. Errors: SP601x. */
export function everyRunWithFolder(stateDir: RealPath): readonly RunId[] {
  const folder = join(stateDir, 'runs') as RealPath;
  try {
    return (readdirSync(folder) as RunId[]).toSorted().toReversed();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw stateFileError(error, 'read', folder);
  }
}
