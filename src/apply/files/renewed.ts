import type { JournalFile } from '../journal/journal.ts';
import { readLive, type LiveFile } from './live-file.ts';

/** Whether this is the old content with the mark of a fresh identity, as the run wrote it. */
export function isRenewed(live: LiveFile, { renewed, spliced }: JournalFile): boolean {
  return renewed === true && live.kind === 'file' && live.state.sha256 === spliced?.sha256;
}

/** The files that stand there with a fresh identity now. Errors: SP601x. */
export function renewedFiles(files: readonly JournalFile[]): readonly JournalFile[] {
  return files.filter((file) => file.renewed === true && isRenewed(readLive(file.realPath), file));
}
