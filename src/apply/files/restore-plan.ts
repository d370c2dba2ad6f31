import { existsSync } from 'node:fs';
import { Conflict } from './conflict.ts';
import { isOldInode } from './old-inode.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, standing, type LiveFile } from './live-file.ts';
import { isRenewed } from './renewed.ts';
import { readMark } from './write-mark.ts';

/** What a revert has to do about one file. `stuck`: it cannot be restored, and why. */
export type RestorePlan =
  /** `theirs`: what somebody else edited stays in it. `renewed`: it has its old content and the mark of a fresh identity. */
  | { readonly how: 'leave'; readonly theirs?: true; readonly renewed?: true }
  /** `torn`: what an interrupted write in place left there. */
  | { readonly how: 'put-back'; readonly torn?: LiveFile }
  | { readonly how: 'foreign'; readonly live: LiveFile }
  | { readonly how: 'stuck'; readonly reason: string };

/** Looks at one file and at what is kept of it; changes nothing and never throws for what it finds. */
export function planRestore(file: JournalFile): RestorePlan {
  try {
    return plan(file);
  } catch (error) {
    return { how: 'stuck', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether a revert has nothing left to do about this file. */
export function isRestored(file: JournalFile): boolean {
  return planRestore(file).how === 'leave';
}

/** Why a file that somebody else changed is not restored. */
export function changedByOthers(file: JournalFile): string {
  return `${file.path} was changed by somebody else while the run was open`;
}

function plan(file: JournalFile): RestorePlan {
  const live = readLive(file.realPath);
  const where = standing(live, file);
  if (isOtherFile(live, file)) return { how: 'stuck', reason: otherFile(file) };
  if (where === 'before') {
    if (isRenewed(live, file)) return { how: 'leave', renewed: true };
    return isSpliced(live, file) ? { how: 'leave', theirs: true } : { how: 'leave' };
  }
  if (where === 'foreign') {
    return wasNeverInstalled(live, file)
      ? { how: 'leave', theirs: true }
      : { how: 'foreign', live };
  }
  checkKept(file);
  return where === 'torn' ? { how: 'put-back', torn: live } : { how: 'put-back' };
}

/** The old content with an edit of somebody else in it, put there by a revert that was cut off. */
function isSpliced(live: LiveFile, { before, spliced }: JournalFile): boolean {
  if (live.kind !== 'file' || spliced === undefined) return false;
  return live.state.sha256 === spliced.sha256 && spliced.sha256 !== before?.sha256;
}

/**
 * Written in place means through one inode. Where another one stands now (most likely a mount is missing), its content says
 * nothing about what the run wrote.
 */
function isOtherFile(live: LiveFile, file: JournalFile): boolean {
  if (file.method !== 'in-place' || live.kind !== 'file' || readMark(file) === 'waiting') {
    return false;
  }
  return live.inode.ino !== file.oldInode?.ino;
}

function otherFile({ path }: JournalFile): string {
  return `${path} is not the file that was written in place any more: is a mount missing?`;
}

/** The new file still waits in the stage: the run never wrote this one, so there is nothing of ours to take back. */
function wasNeverInstalled(live: LiveFile, file: JournalFile): boolean {
  if (file.method === 'in-place') return readMark(file) === 'waiting';
  if (file.newPath === null) return live.kind === 'file' && isOldInode(live, file);
  // A new file is linked before its staged name goes: both names may be there.
  const linked = live.kind === 'file' && live.inode.ino === file.newInode?.ino;
  return existsSync(file.newPath) && !linked;
}

/** The old inode may have been written to through a file that somebody held open. */
function checkKept(file: JournalFile): void {
  if (file.before === null || file.oldPath === null) return;
  const kept = readLive(file.oldPath);
  if (kept.kind === 'absent') throw new Conflict(`the kept old copy ${file.oldPath} is gone`);
  if (kept.kind === 'other' || kept.state.sha256 !== file.before.sha256) {
    throw new Conflict(`somebody else wrote to the old ${file.path}, kept as ${file.oldPath}`);
  }
}
