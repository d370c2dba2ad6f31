import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  openSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { formatMode } from '../model/file-mode.ts';
import type { RealPath } from '../model/brand.ts';
import type { FileState } from '../model/file-image.ts';
import { EXIT } from '../model/outcome.ts';
import { copyExtendedAttributes } from './extended-attributes.ts';
import { errorCode, fileError } from './file-errors.ts';
import { loadNative, type Native } from './native.ts';
import { sha256 } from './read-file.ts';
import { openNew, writeAll } from './write-all.ts';

const fsyncAsync = promisify(fsync);

export interface StageRequest {
  /** Existing directory on the target's own mount. */
  readonly directory: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The file whose extended attributes and (unless given) owner the new one takes; `null` for a new file. */
  readonly like: RealPath | null;
  /** Permission bits, exact. */
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface StagedFile {
  readonly path: RealPath;
  readonly state: FileState;
  readonly dev: number;
  readonly ino: number;
}

/** Syncs a file that {@link makeStaged} made and checks it. To be called once, in any case: it closes the file. Errors as `stageFile`. */
export type FinishStaged = () => Promise<StagedFile>;

/**
 * Writes a complete, synced replacement for a file, ready to be renamed over it. The caller syncs the directory (once
 * for many files). Order matters: chown clears setuid bits and capabilities, so owner, then mode, then attributes, and
 * the sync last. On any error the staged file is removed.
 * Errors (exit 1): SP6010–SP6015 file operation, SP6016 not what was asked for, SP6031 attributes, SP6032 owner.
 */
export async function stageFile(request: StageRequest): Promise<StagedFile> {
  const finish = await makeStaged(request);
  return finish();
}

/**
 * `stageFile` up to its sync, for a caller with many files: making a file waits while the file system syncs another one, so all of them are
 * made first. Errors as `stageFile`.
 */
export async function makeStaged(request: StageRequest): Promise<FinishStaged> {
  const path = join(request.directory, request.name);
  const native = request.like === null ? null : await loadNative();
  let fd: number | null = null;
  try {
    const made = openNew(path);
    fd = made;
    writeAll(fd, request.bytes);
    const owner = takeMetadata(fd, request, native);
    return () => finish(made, path, request, owner);
  } catch (error) {
    const failure = fileError(error, 'stage the new file', path);
    if (fd !== null) discard(path, fd);
    throw failure;
  }
}

async function finish(
  fd: number,
  path: string,
  request: StageRequest,
  owner: Owner,
): Promise<StagedFile> {
  let open = true;
  try {
    await fsyncAsync(fd);
    const staged = verify(fd, path, request, owner);
    open = false;
    closeSync(fd);
    return staged;
  } catch (error) {
    const failure = fileError(error, 'stage the new file', path);
    discard(path, open ? fd : null);
    throw failure;
  }
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

function takeMetadata(fd: number, request: StageRequest, native: Native | null): Owner {
  const { like, mode, uid, gid } = request;
  const fresh = fstatSync(fd);
  if (like === null || native === null) {
    const owner = { uid: uid ?? fresh.uid, gid: gid ?? fresh.gid };
    own(fd, fresh, owner, join(request.directory, request.name));
    fchmodSync(fd, mode);
    return owner;
  }
  const source = openLike(like);
  try {
    const stat = fstatSync(source);
    const owner = { uid: uid ?? stat.uid, gid: gid ?? stat.gid };
    own(fd, fresh, owner, like);
    fchmodSync(fd, mode);
    copyExtendedAttributes(native, source, fd, like);
    // An ACL brings its own group bits (acl(5): the mask); the mode that was asked for wins.
    if ((fstatSync(fd).mode & 0o7777) !== mode) fchmodSync(fd, mode);
    return owner;
  } finally {
    closeSync(source);
  }
}

function openLike(like: RealPath): number {
  try {
    return openSync(like, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw fileError(error, 'read the owner and attributes of', like);
  }
}

function own(fd: number, present: Owner, wanted: Owner, subject: string): void {
  if (present.uid === wanted.uid && present.gid === wanted.gid) return;
  try {
    fchownSync(fd, wanted.uid, wanted.gid);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
    throw new SetpointError(
      EXIT.failed,
      [
        {
          code: 'SP6032',
          severity: 'error',
          message: `cannot give the new version of ${subject} its owner ${wanted.uid}:${wanted.gid}: operation not permitted`,
          help: "Run setpoint as root or as the file's owner.",
        },
      ],
      { cause: error },
    );
  }
}

function verify(fd: number, path: string, request: StageRequest, owner: Owner): StagedFile {
  const stat = fstatSync(fd, { bigint: true });
  const state: FileState = {
    sha256: sha256(request.bytes),
    size: Number(stat.size),
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
  };
  const asked = { ...owner, size: request.bytes.length, mode: request.mode };
  if (describe(state) !== describe(asked)) {
    throw new SetpointError(EXIT.failed, [
      {
        code: 'SP6016',
        severity: 'error',
        message: `${path} has ${describe(state)} instead of ${describe(asked)}`,
        help: 'The file system or a security module does not keep what is written; the target is untouched.',
      },
    ]);
  }
  return { path: path as RealPath, state, dev: Number(stat.dev), ino: Number(stat.ino) };
}

function describe(state: Omit<FileState, 'sha256'>): string {
  const mode = formatMode(state.mode);
  return `${state.size} bytes, mode ${mode}, owner ${state.uid}:${state.gid}`;
}

/** Best effort while another error is on its way: that one is what people need to see. */
function discard(path: string, fd: number | null): void {
  try {
    if (fd !== null) closeSync(fd);
    unlinkSync(path);
  } catch {
    // The staging directory is removed whole by recovery.
  }
}
