import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectory } from '../../host/sync-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import type { JournalFile } from '../journal/journal.ts';

/**
 * How far the write of one file in place has come: not begun, perhaps in the middle (of the new content or of a revert), or
 * complete and synced. It is the name of the staged new content, so that a change of it is one rename and needs no space. Only
 * a file that is marked `writing` can be torn: mixed content in any other is somebody else's.
 */
export type WriteMark = 'waiting' | 'writing' | 'written';

type Marked = Pick<JournalFile, 'newPath'>;

const ENDINGS: Readonly<Record<WriteMark, string>> = {
  waiting: '.new',
  writing: '.writing',
  written: '.written',
};

/** The mark of a file; `written` when the staged content is gone: then nothing is taken for torn. */
export function readMark(file: Marked): WriteMark {
  const marks: readonly WriteMark[] = ['waiting', 'writing'];
  return marks.find((mark) => existsSync(markPath(file, mark))) ?? 'written';
}

/** Sets the mark, durably. Nothing happens when the file has it already. Errors: those of rename(2) and fsync(2). */
export async function setMark(file: Marked, mark: WriteMark): Promise<void> {
  const present = readMark(file);
  if (present === mark) return;
  const path = markPath(file, mark);
  renameSync(markPath(file, present), path);
  await syncDirectory(dirname(path));
}

/** Where the new content waits now. */
export function stagedNew(file: Marked): RealPath {
  return markPath(file, readMark(file));
}

/** What a splice of this file puts in place, and a copy of what it replaces: in the stage, named after the file's number. */
export function splicePaths(file: Marked): {
  readonly spliced: RealPath;
  readonly replaced: RealPath;
} {
  const base = basePath(file);
  return { spliced: `${base}.spliced` as RealPath, replaced: `${base}.replaced` as RealPath };
}

function markPath(file: Marked, mark: WriteMark): RealPath {
  return `${basePath(file)}${ENDINGS[mark]}` as RealPath;
}

function basePath({ newPath }: Marked): string {
  if (newPath === null) throw new TypeError('a file written in place has new content');
  return newPath.slice(0, -ENDINGS.waiting.length);
}
