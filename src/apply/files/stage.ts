import { existsSync, linkSync, lstatSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { makeDirectory } from '../../host/make-directory.ts';
import { removeTree } from '../../host/remove-tree.ts';
import { makeStaged, type FinishStaged } from '../../host/stage-file.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import { Conflict } from './conflict.ts';
import type { FileToStage } from './file-to-stage.ts';
import type { Inode, Intent, JournalFile } from '../journal/journal.ts';
import { readLive, standing, type LiveFile } from './live-file.ts';
import { FORMER_STAGE, makeStageDirectory } from './stage-directories.ts';
import { stageInPlace } from './stage-in-place.ts';

/** Files made, and then synced, at the same time; syncs in parallel share the work of the file system. */
export const FILES_AT_ONCE = 16;

/**
 * Writes every new file beside nothing that watches and links every old inode there: afterwards the whole change is on disk,
 * durable, and only renames are left. Throws Conflict when a file is not what was planned, SP601x when the file system
 * refuses; what was made stays for `discardStage`.
 */
export async function stageFiles(
  files: readonly FileToStage[],
  intent: Intent,
): Promise<readonly JournalFile[]> {
  const holders = intent.createdDirectories.flatMap((path) => makeDirectory(path, 0o755).holders);
  for (const directory of intent.stageDirectories) {
    makeStageDirectory(directory);
    holders.push(dirname(directory));
  }
  const staged: JournalFile[] = [];
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const batch = files.slice(from, from + FILES_AT_ONCE);
    const made = await Promise.allSettled(batch.map((file, i) => makeOne(file, from + i)));
    staged.push(...(await finishAll(made)));
  }
  // Once each, and only now: after the files' own syncs the file system has most of it on disk already; at the same time as those it
  // would wait twice. Nothing relies on any of these names before the commit point.
  await syncDirectories([...holders, ...intent.stageDirectories]);
  return staged;
}

type FinishOne = () => Promise<JournalFile>;

/** All of it ends before an error is told: what makes room for the next run must not race with a write. */
async function finishAll(
  made: readonly PromiseSettledResult<FinishOne>[],
): Promise<readonly JournalFile[]> {
  const finished = made.filter(isFulfilled).map(({ value }) => value());
  const results = await Promise.allSettled(finished);
  for (const result of [...made, ...results]) {
    if (result.status === 'rejected') throw result.reason;
  }
  return results.filter(isFulfilled).map(({ value }) => value);
}

function isFulfilled<T>(result: PromiseSettledResult<T>): result is PromiseFulfilledResult<T> {
  return result.status === 'fulfilled';
}

/** Makes both versions of a file in the stage; what it returns syncs the new one. */
async function makeOne(file: FileToStage, index: number): Promise<FinishOne> {
  if (file.change.method === 'in-place') {
    const staged = await stageInPlace(file, index);
    return () => Promise.resolve(staged);
  }
  const { change, realPath, stageDirectory } = file;
  const live = readLive(realPath);
  const oldPath = change.before === null ? null : inStage(stageDirectory, `${String(index)}.old`);
  const oldInode = keepOld(change, live, realPath, oldPath);
  const finish = await makeNew(file, index, oldPath);
  return async () => {
    const staged = finish === null ? null : await finish();
    if (staged !== null && staged.state.sha256 !== change.after?.sha256) {
      throw new Conflict(`the new ${change.path} does not have the planned content`);
    }
    return {
      path: change.path,
      realPath,
      before: change.before,
      after: staged?.state ?? null,
      oldInode,
      newInode: staged === null ? null : { dev: staged.dev, ino: staged.ino },
      stageDirectory,
      oldPath,
      newPath: staged?.path ?? null,
    };
  };
}

async function makeNew(
  { after, stageDirectory, like }: FileToStage,
  index: number,
  oldPath: RealPath | null,
): Promise<FinishStaged | null> {
  if (!after.exists) return null;
  return makeStaged({
    directory: stageDirectory,
    name: `${String(index)}.new`,
    bytes: after.bytes,
    // The kept link, not the target: that may be replaced at any moment.
    like: like ?? oldPath,
    mode: after.mode,
    ...after.owner,
  });
}

/** Links the old inode. What is linked is compared with what was read: the file may be replaced in between. */
function keepOld(
  change: FileToStage['change'],
  live: LiveFile,
  realPath: RealPath,
  oldPath: RealPath | null,
): Inode | null {
  const changed = new Conflict(`${change.path} was changed by somebody else after it was planned`);
  if (standing(live, { before: change.before, after: change.before }) !== 'before') throw changed;
  if (oldPath === null || live.kind !== 'file') return null;
  try {
    linkSync(realPath, oldPath);
  } catch (error) {
    throw fileError(error, 'keep the old', realPath);
  }
  const kept = readLive(oldPath);
  if (kept.kind !== 'file' || kept.inode.ino !== live.inode.ino) throw changed;
  return live.inode;
}

/**
 * Removes a run's stage directories; with `created`, also the parents made for new files as far as they are empty. No error for
 * what is gone already. Errors: SP601x.
 */
export async function discardStage(intent: Intent, created: boolean): Promise<void> {
  const touched = new Set<string>();
  for (const directory of intent.stageDirectories) {
    remove(() => removeTree(directory), directory);
    touched.add(holderOf(directory));
  }
  if (created) {
    for (const directory of intent.createdDirectories.toReversed()) {
      removeEmpty(directory);
      touched.add(dirname(directory));
    }
  }
  await syncDirectories([...touched].filter((directory) => existsSync(directory)));
}

/** Where the stage had its name. Earlier versions had one directory for the stages of all runs; the last one removes it. */
function holderOf(directory: RealPath): string {
  const above = dirname(directory);
  if (basename(above) !== FORMER_STAGE) return above;
  removeEmpty(above);
  return dirname(above);
}

function removeEmpty(directory: string): void {
  remove(() => rmdirSync(directory), directory);
}

function remove(act: () => void, path: string): void {
  // rmdir(2) on a read-only file system gives EROFS also for what never existed.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  try {
    act();
  } catch (error) {
    const code = errorCode(error);
    // ENOTEMPTY: another run's stage, or somebody put a file into a directory that we made.
    if (code === 'ENOENT' || code === 'ENOTEMPTY' || code === 'EEXIST') return;
    throw fileError(error, 'remove', path);
  }
}

function inStage(directory: RealPath, name: string): RealPath {
  return join(directory, name) as RealPath;
}
