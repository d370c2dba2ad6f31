import type { Root } from '../../host/ports.ts';
import type { JournalFile } from '../journal/journal.ts';
import { formatMode } from '../../model/file-mode.ts';
import { sameAttributes, type FileAttributes } from '../../model/recorded-state.ts';
import { readLive, standing } from './live-file.ts';

/**
 * What is not as the run wrote it: a file that somebody else changed, or a declared path that leads to another file now because
 * somebody pointed a symbolic link elsewhere (then both are named). Changes nothing. Errors: SP601x.
 */
export async function changedPaths(
  files: readonly JournalFile[],
  root: Root,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of files) {
    if (standing(readLive(file.realPath), file) !== 'after') changed.push(file.path);
    const { declared, path } = file;
    if (declared === undefined) continue;
    const seen = await root.observe(declared, { inPlace: true });
    if (seen.path !== path) changed.push(`${declared} (leads to ${seen.path} now, not to ${path})`);
  }
  return changed;
}

/**
 * Files that are as the run wrote them but for mode or owner, with what these are now and what the run left. Changes nothing. Errors:
 * SP601x.
 */
export function changedAttributes(files: readonly JournalFile[]): readonly string[] {
  return files.flatMap((file) => {
    const live = readLive(file.realPath);
    if (live.kind !== 'file' || file.after === null || standing(live, file) !== 'after') return [];
    if (sameAttributes(live.state, file.after)) return [];
    const [now, left] = [live.state, file.after].map(attributesText);
    return [`${file.path} (mode and owner are ${String(now)}, not ${String(left)})`];
  });
}

function attributesText({ mode, uid, gid }: FileAttributes): string {
  return `${formatMode(mode)} ${String(uid)}:${String(gid)}`;
}
