import { createHash } from 'node:crypto';
import { renameSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { fileError } from '../../host/file-errors.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import { readMounts } from '../../host/mounts.ts';
import { ownPlace } from '../../host/own-place.ts';
import type { Host } from '../../host/ports.ts';
import { resolvePath } from '../../host/resolve-path.ts';
import { stageFile, type StagedFile } from '../../host/stage-file.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import { temporaryName } from '../../host/temporary-names.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { HostPath, Millis, RealPath, RunId } from '../../model/brand.ts';
import {
  imageOf,
  type FileImage,
  type FileState,
  type ObservedFile,
} from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import { Conflict } from './conflict.ts';
import { linkNew } from './install.ts';
import { openJournals } from '../journal/journal-file.ts';
import { readLive, standing, type LiveFile } from './live-file.ts';
import { stageBase } from './stage-directories.ts';

/** What became of one file. `null` states mean absent; equal ones that nothing was written. */
export interface WrittenFile {
  readonly path: HostPath;
  readonly before: FileState | null;
  readonly after: FileState | null;
}

/** The new image of a file from the one that is there. May throw: then nothing is written. The lock is held until it resolves. */
export type Edit = (found: FileImage, file: ObservedFile) => FileImage | Promise<FileImage>;

/** Called under the same lock when the file was written, and only then. What it throws is passed on; the file stays. */
export type Written = (written: WrittenFile, file: ObservedFile) => void;

type World = Pick<Host, 'root' | 'stateDir' | 'pathLocks' | 'clock'>;

/** Pause while a dead run is about to be settled by its guardian. */
const PAUSE = 20 as Millis;

/**
 * Reads one file, edits it and replaces it whole, all under the lock of its path: no other writer that takes the lock loses its
 * write. One rename and no journal: before it the old file is there, after it the new one. Errors (nothing is written): SP6080
 * (exit 5), SP4260 open run (5), SP4262 cannot be written (1), SP4263 changed by somebody without the lock (6), SP6066 (1), SP601x.
 */
export async function writeOne(
  host: World,
  declared: HostPath,
  timeout: Millis,
  edit: Edit,
  then: Written = () => undefined,
): Promise<WrittenFile> {
  const deadline = host.clock.monotonic() + timeout;
  for (;;) {
    const { path, realPath } = resolvePath(host.root.dir, declared);
    const own = ownPlace({ path: declared, realPath }, host.stateDir);
    if (own.length > 0) throw new SetpointError(EXIT.failed, own);
    const left = Math.max(0, deadline - host.clock.monotonic()) as Millis;
    const held = await host.pathLocks.acquire([path], left);
    try {
      const run = openRunOf(host, path);
      if (run === null) {
        const file = await host.root.observe(declared);
        if (file.path === path) return await replaceFile(host, file, edit, then);
      } else if (host.clock.monotonic() >= deadline) throw ofOpenRun(path, run);
    } finally {
      held.release();
    }
    await host.clock.sleep(PAUSE);
  }
}

async function replaceFile(
  host: World,
  file: ObservedFile,
  edit: Edit,
  then: Written,
): Promise<WrittenFile> {
  const { content, path } = file;
  if (content.kind === 'refused') throw cannotWrite(content.reason);
  const before = content.kind === 'file' ? content.state : null;
  const after = await edit(imageOf(content), file);
  if (isSame(imageOf(content), after)) return { path, before, after: before };
  const inode = content.kind === 'file' ? { dev: content.dev, ino: content.ino } : null;
  const written = { path, before, after: await install({ file, before, inode }, after, host) };
  then(written, file);
  return written;
}

interface Target {
  readonly file: ObservedFile;
  readonly before: FileState | null;
  readonly inode: { readonly dev: number; readonly ino: number } | null;
}

async function install(target: Target, after: FileImage, host: World): Promise<FileState | null> {
  const { realPath } = target.file;
  const directory = dirname(realPath);
  if (!after.exists) {
    requireUnchanged(target);
    write(realPath, () => unlinkSync(realPath));
    await syncDirectories([directory]);
    return null;
  }
  await makeDirectoryDurably(directory, 0o755);
  const staged = await stage(target, after, host);
  try {
    requireUnchanged(target);
    write(realPath, () => putInPlace(staged.path, target));
  } catch (error) {
    rmSync(staged.path, { force: true });
    throw error;
  }
  await syncDirectories([directory]);
  return staged.state;
}

/**
 * The name follows from the path, whose lock is ours: what is there already was left by a writer who died, and goes. Beside the
 * target, or above directories in which any new name would be acted on.
 */
async function stage(
  { file, before }: Target,
  after: Extract<FileImage, { exists: true }>,
  { root }: World,
): Promise<StagedFile> {
  const { path, realPath } = file;
  const parent = dirname(realPath) as RealPath;
  const watched = new Set(watchedDirectory(path) ? [parent] : []);
  const directory = stageBase(parent, { watched, root: root.dir, mounts: readMounts() });
  const name = temporaryName(createHash('sha256').update(path).digest());
  rmSync(join(directory, name), { force: true });
  const like = before === null ? null : realPath;
  return stageFile({ directory, name, bytes: after.bytes, like, mode: after.mode });
}

function putInPlace(staged: string, { file, before }: Target): void {
  if (before === null) linkNew(staged, file.realPath, file.path);
  else renameSync(staged, file.realPath);
}

/** Somebody who does not take locks may have written meanwhile. Throws SP4263 then. */
function requireUnchanged({ file, before, inode }: Target): void {
  const live = readLive(file.realPath);
  if (standing(live, { before, after: before }) === 'before' && isInode(live, inode)) return;
  throw changedMeanwhile(`${file.path} was changed by somebody else while it was being written`);
}

function isInode(live: LiveFile, inode: Target['inode']): boolean {
  if (live.kind !== 'file') return inode === null;
  return live.inode.ino === inode?.ino && live.inode.dev === inode.dev;
}

function write(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof Conflict) throw changedMeanwhile(error.message);
    throw fileError(error, 'replace', path);
  }
}

function isSame(a: FileImage, b: FileImage): boolean {
  if (!a.exists || !b.exists) return a.exists === b.exists;
  return a.mode === b.mode && Buffer.compare(a.bytes, b.bytes) === 0;
}

/** The run that has this file in its journal although nobody holds the file's lock: its command died. */
function openRunOf(world: World, path: HostPath): RunId | null {
  const open = openJournals(world).find(
    (journal) =>
      journal.phase === 'committed' && journal.files.some((written) => written.path === path),
  );
  return open?.header.run ?? null;
}

export function ofOpenRun(path: HostPath, run: RunId): SetpointError {
  return new SetpointError(EXIT.locked, [
    {
      code: 'SP4260',
      severity: 'error',
      message: `${path} belongs to run ${run}, which is not settled`,
      help: 'Settle it first: `setpoint recover`.',
    },
  ]);
}

export function cannotWrite(reason: string): SetpointError {
  return new SetpointError(EXIT.failed, [
    { code: 'SP4262', severity: 'error', message: `cannot be written: ${reason}` },
  ]);
}

/** SP4263, exit 6. */
export function changedMeanwhile(message: string): SetpointError {
  return new SetpointError(EXIT.stale, [
    { code: 'SP4263', severity: 'error', message, help: 'Read the file again and decide anew.' },
  ]);
}
