import { existsSync, linkSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import { Conflict } from './conflict.ts';
import type { JournalFile } from '../journal/journal.ts';
import { isOldInode } from './old-inode.ts';
import { readLive, standing } from './live-file.ts';
import { installInPlace } from './write-in-place.ts';

/**
 * Puts the new state of files in place: one rename (or link, or unlink, or a write in place) each. Names are not synced
 * ({@link syncInstalled}). A file that has its new state already is left alone. Throws Conflict when a file is neither old nor
 * new, or the old one was replaced by a copy; SP601x when the file system refuses.
 */
export async function installFiles(files: readonly JournalFile[]): Promise<void> {
  for (const file of files) {
    if (file.method === 'in-place') await installInPlace(file);
    else installFile(file);
  }
}

/**
 * Makes the names of installed files last, each directory synced once. Only after the decision: before it a power cut is taken back,
 * whichever of the names it took. Errors: SP601x.
 */
export async function syncInstalled(files: readonly JournalFile[]): Promise<void> {
  const renamed = files.filter(({ method }) => method !== 'in-place');
  const directories = renamed.map((file) => dirname(file.realPath));
  await syncDirectories(directories.filter((directory) => existsSync(directory)));
}

function installFile(file: JournalFile): void {
  const live = readLive(file.realPath);
  const where = standing(live, file);
  if (where === 'after') return;
  if (where === 'foreign' || !isOldInode(live, file)) {
    throw new Conflict(`${file.path} was changed by somebody else after it was planned`);
  }
  try {
    replace(file);
  } catch (error) {
    throw fileError(error, 'replace', file.realPath);
  }
}

function replace(file: JournalFile): void {
  if (file.newPath === null) unlinkSync(file.realPath);
  else if (file.before === null) linkNew(file.newPath, file.realPath, file.path);
  else renameSync(file.newPath, file.realPath);
}

/** link(2) never replaces, unlike rename: a file that appeared this moment survives. Throws Conflict then. */
export function linkNew(from: string, to: string, name: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new Conflict(`${name} was created by somebody else`);
    throw error;
  }
  unlinkSync(from);
}
