import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { RealPath } from '../model/brand.ts';
import { fileError } from './file-errors.ts';
import { syncDirectories } from './sync-directory.ts';
import { temporaryName } from './temporary-names.ts';
import { openNew, writeAll } from './write-all.ts';

export interface Replacement {
  /** An existing regular file, no symbolic link. */
  readonly path: RealPath;
  /** What must still be in it. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Staged extends Replacement {
  readonly temporary: string;
}

/**
 * Replaces files, mode and owner kept: all are complete and synced beside their targets before the first one is renamed. Resolves to
 * the first file that does not have the expected content any more, or null; then nothing was replaced. Errors: SetpointError
 * SP601x, exit 1, and nothing was replaced, unless a rename failed and putting back failed, too.
 */
export async function replaceTogether(files: readonly Replacement[]): Promise<RealPath | null> {
  const staged: Staged[] = [];
  try {
    for (const file of files) staged.push(stage(file));
    const changed = staged.find((file) => !isAsBefore(file));
    if (changed !== undefined) return changed.path;
    renameAll(staged);
    await syncDirectories(files.map(({ path }) => dirname(path)));
    return null;
  } finally {
    for (const { temporary } of staged) discard(temporary);
  }
}

function stage(file: Replacement, bytes: Uint8Array = file.after): Staged {
  const temporary = join(dirname(file.path), temporaryName());
  try {
    const { mode, uid, gid } = lstatSync(file.path);
    const fd = openNew(temporary);
    try {
      writeAll(fd, bytes);
      const made = fstatSync(fd);
      if (made.uid !== uid || made.gid !== gid) fchownSync(fd, uid, gid);
      // After the owner: chown(2) takes set-user-ID bits away.
      fchmodSync(fd, mode & 0o7777);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    return { ...file, temporary };
  } catch (error) {
    discard(temporary);
    throw fileError(error, 'write', file.path);
  }
}

function isAsBefore({ path, before }: Replacement): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path).equals(before);
  } catch {
    // Gone, or not to be read any more.
    return false;
  }
}

/** Without a pause, so that a signal comes before or after all of it. */
function renameAll(staged: readonly Staged[]): void {
  const done: Staged[] = [];
  for (const file of staged) {
    try {
      renameSync(file.temporary, file.path);
      done.push(file);
    } catch (error) {
      for (const one of done) renameSync(stage(one, one.before).temporary, one.path);
      throw fileError(error, 'write', file.path);
    }
  }
}

/** Gone when it was renamed. */
function discard(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // A leftover is harmless: see temporary-names.ts.
  }
}
