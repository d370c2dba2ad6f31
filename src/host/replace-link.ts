import { readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, fileError } from './file-errors.ts';
import { syncDirectory } from './sync-directory.ts';
import { temporaryName } from './temporary-names.ts';

/** Makes `path` a symbolic link with `text`, in one step and durably; nothing is written when it is one. Errors SP601x, exit 1. */
export async function replaceLink(path: string, text: string): Promise<void> {
  try {
    if (linkText(path) === text) return;
    const temporary = join(dirname(path), temporaryName());
    symlinkSync(text, temporary);
    renameSync(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

/** `null` when there is nothing, or something else than a link. */
export function linkText(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EINVAL') return null;
    throw error;
  }
}
