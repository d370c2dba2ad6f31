import type { RealPath } from '../model/brand.ts';
import type { JournalFile } from './journal.ts';

/** A file that a revert could not restore, and where its old content is. */
export interface UnrestoredFile {
  readonly file: JournalFile;
  /** Kept old inode in the stage, or a copy of it in the run folder; `null` when the file was absent before. */
  readonly old: { readonly path: RealPath; readonly kept: 'inode' | 'copy' } | null;
}

/**
 * Shell commands that put the old files back by hand and let setpoint prove the result. A kept inode is moved (mode, owner
 * and attributes are its own); a copy goes through the stage directory, so that no consumer sees half a file.
 */
export function manualCommands(
  unrestored: readonly UnrestoredFile[],
  root: RealPath,
): readonly string[] {
  const recover = root === '/' ? 'setpoint recover' : `setpoint recover --root ${quote(root)}`;
  return [...unrestored.flatMap(restoreCommands), recover];
}

function restoreCommands({ file, old }: UnrestoredFile): readonly string[] {
  const target = quote(file.realPath);
  if (file.before === null) return [`rm -f -- ${target}`];
  if (old === null) return [`# the old content of ${target} is lost`];
  if (old.kept === 'inode') return [`mv -fT -- ${quote(old.path)} ${target}`];
  const { mode, uid, gid } = file.before;
  const staged = quote(`${file.stageDirectory}/manual`);
  return [
    `install -D -m ${mode.toString(8).padStart(4, '0')} -o ${String(uid)} -g ${String(gid)} -- ${quote(old.path)} ${staged}`,
    `mv -fT -- ${staged} ${target}`,
  ];
}

/** POSIX shell quoting: plain words stay as they are. */
export function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
