import { existsSync } from 'node:fs';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, standing } from './live-file.ts';
import { isOldInode } from './old-inode.ts';

/** Whether a decided run still has to put its new state here, and may: nobody else has changed the file. Errors: SP601x. */
export function isInstallable(file: JournalFile): boolean {
  const live = readLive(file.realPath);
  const where = standing(live, file);
  if (where !== 'before' && where !== 'torn') return false;
  if (file.method === 'in-place') return isOldInode(live, file);
  return isOldInode(live, file) && (file.newPath === null || existsSync(file.newPath));
}
