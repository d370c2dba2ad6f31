import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { fileError } from '../../host/file-errors.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import { stageFile } from '../../host/stage-file.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import { Conflict } from '../files/conflict.ts';
import { linkNew } from '../files/install.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { overwrite } from '../files/overwrite.ts';
import { isExactly, type FilePlan } from './plan-settlement.ts';
import { saveForeign } from '../revert/save-foreign.ts';
import { checkStageDirectory } from '../files/stage-directories.ts';

export interface SavedForeign {
  /** Paths of the copies. */
  readonly saved: readonly RealPath[];
  /** Files of which nothing may be overwritten, because their bytes could not be kept. */
  readonly unsaved: readonly FilePlan[];
}

/** Keeps whatever somebody else wrote: in place of the file, or into the kept old one. The reasons why not are in the run's diagnostics. */
export async function saveAllForeign(
  run: OpenRun,
  plans: readonly FilePlan[],
): Promise<SavedForeign> {
  const saved: RealPath[] = [];
  const unsaved: FilePlan[] = [];
  for (const plan of plans) {
    for (const version of [plan.foreign ? plan.live : null, scribbled(plan)]) {
      if (version === null || version.kind === 'absent') continue;
      const path =
        version.kind === 'file'
          ? await saveForeign(run, plan.index, version)
          : await saveLink(run, plan);
      if (path === null) unsaved.push(plan);
      else if (path !== '') saved.push(path);
    }
  }
  return { saved: [...new Set(saved)], unsaved };
}

/** The kept old inode, when somebody wrote to it through a file that they held open. It goes with the stage. */
function scribbled({ file }: FilePlan): LiveFile | null {
  if (file.oldPath === null || file.before === null) return null;
  const kept = readLive(file.oldPath);
  return kept.kind === 'file' && kept.state.sha256 !== file.before.sha256 ? kept : null;
}

/** A symbolic link is kept as one, beside the copies; an empty directory has nothing to keep (`''`). */
async function saveLink(run: OpenRun, { index, file }: FilePlan): Promise<RealPath | '' | null> {
  if (lstatSync(file.realPath, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return '';
  const path = join(run.folder.foreign, `${String(index)}.link`) as RealPath;
  try {
    await makeDirectoryDurably(run.folder.foreign, 0o700);
    rmSync(path, { force: true });
    symlinkSync(readlinkSync(file.realPath), path);
    await syncDirectories([run.folder.foreign]);
    return path;
  } catch (error) {
    const failure = fileError(error, 'keep', file.realPath);
    if (!(failure instanceof SetpointError)) throw failure;
    run.diagnostics.push(...failure.diagnostics);
    return null;
  }
}

/** A plan with everything that it needs on disk: only names are left to change. */
export interface ReadyFile {
  readonly plan: FilePlan;
  /** The file to be renamed over the target. */
  readonly from: RealPath | null;
}

/** Stages what has to be written anew, makes missing parents, gives kept files their old mode and owner. Targets are not touched. */
export async function makeReady(plans: readonly FilePlan[]): Promise<readonly ReadyFile[]> {
  const ready: ReadyFile[] = [];
  for (const plan of plans) ready.push({ plan, from: await readyOne(plan) });
  await syncDirectories([
    ...new Set(ready.flatMap(({ from }) => (from === null ? [] : [dirname(from)]))),
  ]);
  return ready;
}

async function readyOne({ index, file, put }: FilePlan): Promise<RealPath | null> {
  if (put.how !== 'move' && put.how !== 'write') return null;
  await makeDirectoryDurably(dirname(file.realPath), 0o755);
  if (put.how === 'move') {
    setAttributes(put.from, put.target);
    return put.from;
  }
  const { stageDirectory: directory } = file;
  await makeDirectoryDurably(directory, 0o700);
  checkStageDirectory(directory);
  const name = `${String(index)}.settled`;
  // Left by a try that was cut short.
  rmSync(join(directory, name), { force: true });
  const { bytes, like, target } = put;
  const { mode, uid, gid } = target;
  return (await stageFile({ directory, name, bytes, like, mode, uid, gid })).path;
}

/**
 * Puts every file in place, one rename each, then syncs their directories. Each is looked at once more right before: Conflict
 * when it is not what was planned (and kept) any more. `written` is told of each.
 */
export async function putInPlace(
  files: readonly ReadyFile[],
  groups: RealPath,
  written: (plan: FilePlan) => void,
): Promise<void> {
  const touched = files.filter(({ plan }) => plan.put.how !== 'leave');
  try {
    for (const ready of touched) {
      await putOne(ready, groups);
      written(ready.plan);
    }
  } finally {
    const paths = touched.map(({ plan }) => plan.file.realPath);
    const named = paths.filter((path) => ownCrontab(path) === null);
    await syncDirectories([...new Set(named.map((path) => dirname(path)))]);
  }
}

async function putOne({ plan, from }: ReadyFile, groups: RealPath): Promise<void> {
  const { file, put, live } = plan;
  const now = readLive(file.realPath);
  if (!isSame(now, live)) throw new Conflict(`${file.path} was changed again by somebody else`);
  try {
    if (put.how === 'attributes') setAttributes(file.realPath, put.target);
    else if (put.how === 'overwrite') await overwriteLive(plan, put, groups);
    else if (put.how === 'remove') removeAny(file.realPath);
    else if (from !== null && live.kind === 'absent') linkNew(from, file.realPath, file.path);
    else if (from !== null) {
      removeDirectory(file.realPath, live);
      renameSync(from, file.realPath);
    }
  } catch (error) {
    if (error instanceof Conflict) throw error;
    throw fileError(error, 'settle', file.realPath);
  }
}

/** Cut off in the middle it is neither version: the choice is journalled, and whoever carries it on saves and overwrites it. */
async function overwriteLive(
  { file, live }: FilePlan,
  { bytes, target }: Extract<FilePlan['put'], { how: 'overwrite' }>,
  groups: RealPath,
): Promise<void> {
  const { mode } = target;
  await overwrite(file.realPath, { bytes, mode, modeFirst: false, groups }, (found) => {
    if (!isSame(found, live)) throw new Conflict(`${file.path} was changed again by somebody else`);
  });
  if (ownCrontab(file.realPath) === null) setAttributes(file.realPath, target);
}

function isSame(a: LiveFile, b: LiveFile): boolean {
  if (a.kind !== 'file' || b.kind !== 'file') return a.kind === b.kind;
  return a.inode.ino === b.inode.ino && a.inode.dev === b.inode.dev && isExactly(a, b.state);
}

/** rename(2) does not replace a directory by a file; rmdir(2) takes only an empty one. */
function removeDirectory(path: RealPath, live: LiveFile): void {
  if (live.kind === 'other' && lstatSync(path).isDirectory()) rmdirSync(path);
}

function removeAny(path: RealPath): void {
  if (lstatSync(path).isDirectory()) rmdirSync(path);
  else unlinkSync(path);
}

/** Owner before mode: chown(2) clears set-id bits. Nothing is done to a file that has them already. */
function setAttributes(path: RealPath, { mode, uid, gid }: FileState): void {
  const stats = lstatSync(path);
  if ((stats.mode & 0o7777) === mode && stats.uid === uid && stats.gid === gid) return;
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if (stats.uid !== uid || stats.gid !== gid) fchownSync(fd, uid, gid);
    fchmodSync(fd, mode);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
