import { stageFile } from '../../host/stage-file.ts';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import { Conflict } from './conflict.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, standing } from './live-file.ts';
import type { FileToStage } from './file-to-stage.ts';

/**
 * Copies the old content and stages the new one for a file that is written in place. Neither is ever renamed over the target,
 * so both lie in the run's folder, readable by setpoint only, whatever mount the target is. Throws Conflict when the file is not what
 * was planned, SP601x when the file system refuses.
 */
export async function stageInPlace(file: FileToStage, index: number): Promise<JournalFile> {
  const { change, realPath, after, stageDirectory } = file;
  const { before } = change;
  const changed = new Conflict(`${change.path} was changed by somebody else after it was planned`);
  if (before === null || !after.exists || change.after === null) {
    throw new Conflict(`${change.path} cannot be created or deleted in place`);
  }
  const live = readLive(realPath);
  if (live.kind !== 'file' || standing(live, { before, after: before }) !== 'before') throw changed;
  const oldPath = await copy(stageDirectory, `${String(index)}.old`, live.bytes, before);
  const newPath = await copy(stageDirectory, `${String(index)}.new`, after.bytes, change.after);
  const { uid, gid } = live.state;
  return {
    path: change.path,
    realPath,
    before,
    after: { ...change.after, uid, gid },
    oldInode: live.inode,
    newInode: null,
    stageDirectory,
    oldPath,
    newPath,
    method: 'in-place',
  };
}

/** A complete, synced copy, read back. Only its bytes count: the target keeps its owner and attributes. */
async function copy(
  directory: RealPath,
  name: string,
  bytes: Uint8Array,
  expected: Pick<FileState, 'sha256'>,
): Promise<RealPath> {
  const { path } = await stageFile({ directory, name, bytes, like: null, mode: 0o600 });
  const written = readLive(path);
  if (written.kind !== 'file' || written.state.sha256 !== expected.sha256) {
    throw new Conflict(`${path} does not have the planned content`);
  }
  return path;
}
