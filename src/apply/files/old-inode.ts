import type { JournalFile } from '../journal/journal.ts';
import type { LiveFile } from './live-file.ts';

/**
 * Whether `live` is the very file that the run found (or nothing, as it found nothing). By its inode number alone: after a reboot the
 * device may have another number, and a run that was kept has to be finished then, too.
 */
export function isOldInode(live: LiveFile, file: JournalFile): boolean {
  if (live.kind !== 'file') return file.oldInode === null;
  return live.inode.ino === file.oldInode?.ino;
}
