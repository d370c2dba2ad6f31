import { dirname } from 'node:path';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { HostName, RealPath } from '../../model/brand.ts';
import type { JournalFile } from '../journal/journal.ts';

/** A file that a revert could not restore, where its old content is, and what somebody else put in its place. */
export interface UnrestoredFile {
  readonly file: JournalFile;
  readonly old: OldContent | null;
  readonly foreign?: ForeignVersion | null;
}

/**
 * Kept old inode in the stage, a copy of it in the run folder, or an object of the state repository at `path`; `null` when the
 * file was absent before, or its content is lost.
 */
export type OldContent =
  | { readonly kept: 'inode' | 'copy'; readonly path: RealPath }
  | { readonly kept: 'recorded'; readonly path: RealPath; readonly object: string };

/** What somebody else wrote: kept at `path`, or (`saved` false) to be kept there by the person first. */
export interface ForeignVersion {
  readonly path: RealPath;
  readonly saved: boolean;
}

/**
 * Shell commands that put the old files back by hand and let setpoint prove the result. A kept inode is moved (mode, owner
 * and attributes are its own); a copy goes through the stage directory, so that no consumer sees half a file. Where somebody
 * else wrote a file, their version is named and compared first: no command overwrites what is not kept.
 */
export function manualCommands(
  unrestored: readonly UnrestoredFile[],
  root: RealPath,
  host: HostName,
): readonly string[] {
  // Below another root the name of the host may have come with --host: the command has to work as it stands.
  const place = root === '/' ? '' : ` --root ${quoteWord(root)} --host ${quoteWord(host)}`;
  const recover = `setpoint recover${place}`;
  return [...unrestored.flatMap(restoreCommands), recover];
}

function restoreCommands(unrestored: UnrestoredFile): readonly string[] {
  const { file, foreign = null } = unrestored;
  const commands = putBackCommands(unrestored);
  if (foreign === null) return commands;
  const target = quoteWord(file.realPath);
  const theirs = quoteWord(foreign.path);
  const whose = `# somebody else changed ${named(file.realPath)};`;
  if (!foreign.saved) {
    const folder = quoteWord(dirname(foreign.path));
    const keep = `mkdir -p -- ${folder} && cp -a -- ${target} ${theirs}`;
    const chained = [keep, ...commands].join(' && ');
    return [`${whose} their version could not be kept: this keeps it first`, chained];
  }
  return [
    `${whose} their version is kept as ${named(foreign.path)}`,
    ...compareCommands(unrestored, theirs),
    ...commands,
  ];
}

function compareCommands({ old }: UnrestoredFile, theirs: string): readonly string[] {
  if (old === null || old.kept === 'recorded') return [];
  // diff(1) exits 1 when there is a difference: that must not end a pasted block under `set -e`.
  return [`diff -u -- ${quoteWord(old.path)} ${theirs} || true`];
}

function putBackCommands({ file, old }: UnrestoredFile): readonly string[] {
  const target = quoteWord(file.realPath);
  if (file.before === null) return [`rm -f -- ${target}`];
  // `:` so that it can stand in a chain.
  if (old === null) return [`: # the old content of ${named(file.realPath)} is lost`];
  if (file.method === 'in-place') return writeBackCommands(target, old, file.before.mode);
  const { mode, uid, gid } = file.before;
  const owner = `-m ${mode.toString(8).padStart(4, '0')} -o ${String(uid)} -g ${String(gid)}`;
  const staged = quoteWord(`${file.stageDirectory}/manual`);
  switch (old.kept) {
    case 'inode':
      return [`mv -fT -- ${quoteWord(old.path)} ${target}`];
    case 'copy':
      return [
        `install -D ${owner} -- ${quoteWord(old.path)} ${staged}`,
        `mv -fT -- ${staged} ${target}`,
      ];
    case 'recorded':
      return [
        `install -D ${owner} -- /dev/null ${staged}`,
        `git --git-dir=${quoteWord(old.path)} show ${quoteWord(old.object)} > ${staged}`,
        `mv -fT -- ${staged} ${target}`,
      ];
    default:
      return old satisfies never;
  }
}

/** Through the inode that is there: `cat` neither replaces the file nor touches its owner and attributes. */
function writeBackCommands(target: string, old: OldContent, mode: number): readonly string[] {
  const source =
    old.kept === 'recorded'
      ? `git --git-dir=${quoteWord(old.path)} show ${quoteWord(old.object)}`
      : `cat -- ${quoteWord(old.path)}`;
  return [`${source} > ${target}`, `chmod ${mode.toString(8).padStart(4, '0')} -- ${target}`];
}

/** A path inside a comment: a line break in it must not begin a command. */
function named(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : quoteWord(path);
}
