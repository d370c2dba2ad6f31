import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The first of these names, or of the directories that they stand in, that is immutable (`chattr +i`); `null` when none is. Changes
 * nothing: access(2) says EPERM for this attribute only. Append-only directories are not seen.
 */
export function immutablePlace(paths: readonly string[]): string | null {
  return paths.flatMap((path) => [path, dirname(path)]).find(isImmutable) ?? null;
}

function isImmutable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
