import { formatMode } from '../../model/file-mode.ts';
import { dirname } from 'node:path';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import type { HostName, RealPath } from '../../model/brand.ts';
import type { JournalFile } from '../journal/journal.ts';

/** A file that a revert could not restore, where its old content is, and what somebody else put in its place. */
export interface UnrestoredFile {
  readonly file: JournalFile;
  readonly old: OldContent | null;
  readonly foreign?: ForeignVersion | null;
  /** The directory that it lay in is gone. */
  readonly directoryGone?: boolean;
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
  /** No plain file (a directory, a link, a pipe): it is moved there, because nothing can be renamed over a directory. */
  readonly moved?: true;
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
  const commands = [...directoryCommands(unrestored), ...putBackCommands(unrestored)];
  if (foreign === null) return commands;
  const target = quoteWord(file.realPath);
  const theirs = quoteWord(foreign.path);
  const whose = `# somebody else changed ${named(file.realPath)};`;
  if (!foreign.saved) {
    const folder = quoteWord(dirname(foreign.path));
    const keep = foreign.moved === true ? 'mv -T' : 'cp -a';
    const first = `mkdir -p -- ${folder} && ${keep} -- ${target} ${theirs}`;
    const chained = [first, ...commands].join(' && ');
    const why =
      foreign.moved === true
        ? 'what is there is no plain file: this moves it away first'
        : 'their version could not be kept: this keeps it first';
    return [`${whose} ${why}`, chained];
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

function directoryCommands({ file, directoryGone }: UnrestoredFile): readonly string[] {
  if (directoryGone !== true || file.before === null) return [];
  return [`mkdir -p -- ${quoteWord(dirname(file.realPath))}`];
}

function putBackCommands({ file, old, foreign }: UnrestoredFile): readonly string[] {
  const target = quoteWord(file.realPath);
  if (file.before === null) return [`rm -f -- ${target}`];
  // `:` so that it can stand in a chain.
  if (old === null) return [`: # the old content of ${named(file.realPath)} is lost`];
  if (file.method === 'in-place' && foreign?.moved !== true) {
    return ownCrontab(file.realPath) === null
      ? writeBackCommands(target, old, file.before.mode)
      : [file.before.size === 0 ? 'crontab -r' : `${printing(old)} | crontab -`];
  }
  const { mode, uid, gid } = file.before;
  const owner = `-m ${formatMode(mode)} -o ${String(uid)} -g ${String(gid)}`;
  const staged = quoteWord(`${file.stageDirectory}/manual`);
  switch (old.kept) {
    case 'inode':
    case 'copy':
      // Of a file that was written in place setpoint's own copy is kept, with permissions of its own.
      if (old.kept === 'inode' && file.method !== 'in-place') {
        return [`mv -fT -- ${quoteWord(old.path)} ${target}`];
      }
      return [
        `install -D ${owner} -- ${quoteWord(old.path)} ${staged}`,
        `mv -fT -- ${staged} ${target}`,
      ];
    case 'recorded':
      return [
        `install -D ${owner} -- /dev/null ${staged}`,
        `${printing(old)} > ${staged}`,
        `mv -fT -- ${staged} ${target}`,
      ];
    default:
      return old satisfies never;
  }
}

/** Through the inode that is there: `cat` neither replaces the file nor touches its owner and attributes. */
function writeBackCommands(target: string, old: OldContent, mode: number): readonly string[] {
  return [`${printing(old)} > ${target}`, `chmod ${formatMode(mode)} -- ${target}`];
}

function printing(old: OldContent): string {
  if (old.kept !== 'recorded') return `cat -- ${quoteWord(old.path)}`;
  return `git --git-dir=${quoteWord(old.path)} show ${quoteWord(old.object)}`;
}

/** A path inside a comment: a line break in it must not begin a command. */
function named(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : quoteWord(path);
}
