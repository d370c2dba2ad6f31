import { accessSync, closeSync, constants, lstatSync, openSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { HostPath, RealPath } from '../model/brand.ts';
import { errorCode } from './file-errors.ts';
import { readMounts, type MountTable } from './mounts.ts';
import type { Native } from './native.ts';
import { joinRoot, resolvePath } from './resolve-path.ts';

/** One directory on the way to a file. `mode` are the twelve permission bits. */
export interface DirectoryFacts {
  readonly path: RealPath;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What hinders a change: an error of access(2), or the append-only and immutable bits that access(2) does not tell. */
export type Hindrance = 'read-only' | 'fixed' | 'denied';

export interface PlaceFacts {
  /** The file's directory, or the nearest one above it that exists. */
  readonly directory: RealPath;
  /** What forbids to make, rename and remove names in `directory`. */
  readonly directoryHindrance: Hindrance | null;
  /** What forbids to write to the file; `null` also when it is absent. */
  readonly fileHindrance: Hindrance | null;
  /** Where the file system is mounted that holds the file (or would hold it). */
  readonly mountPoint: string | null;
  /** The file itself is a mount point. */
  readonly isMountPoint: boolean;
  /** Owner of the file; `null` when absent. */
  readonly owner: number | null;
  /** Every directory that leads to the file, the root first, with those in which a link on the way stands. */
  readonly way: readonly DirectoryFacts[];
}

/** Looks at places where files are to be written. Directories are looked at once: one reader serves one plan. */
export interface PlaceReader {
  read(declared: HostPath, realPath: RealPath): PlaceFacts;
}

export interface PlaceReaderOptions {
  readonly root: RealPath;
  /** `null`: only calls that change nothing are made; the append-only bit of a directory is not seen then. */
  readonly native: Pick<Native, 'removeAttrSync'> | null;
  readonly mounts?: MountTable;
}

/** A reader for places below `root`. Changes nothing. Reading throws what stat(2) says of a directory that just vanished. */
export function openPlaceReader({ root, native, mounts }: PlaceReaderOptions): PlaceReader {
  const table = mounts ?? readMounts();
  const points = table.mountPoints();
  const hindrances = new Map<string, Hindrance | null>();
  const ways = new Map<string, readonly DirectoryFacts[]>();
  const hindranceOf = (directory: RealPath): Hindrance | null => {
    const known = hindrances.get(directory);
    if (known !== undefined) return known;
    const found = hindrance(native, directory, constants.W_OK | constants.X_OK);
    hindrances.set(directory, found);
    return found;
  };
  const wayTo = (directory: RealPath): readonly DirectoryFacts[] => {
    const known = ways.get(directory);
    if (known !== undefined) return known;
    const above =
      directory === root || directory === '/' ? [] : wayTo(dirname(directory) as RealPath);
    const stat = lstatSync(directory, { throwIfNoEntry: false });
    const way = stat === undefined ? above : [...above, facts(directory, stat)];
    ways.set(directory, way);
    return way;
  };
  return {
    read(declared, realPath) {
      const file = lstatSync(realPath, { throwIfNoEntry: false });
      const directory = nearest(dirname(realPath) as RealPath, root);
      const links = joinRoot(root, declared) === realPath ? [] : resolvePath(root, declared).links;
      const way = new Map(
        [directory, ...links].flatMap(wayTo).map((found) => [found.path, found] as const),
      );
      return {
        directory,
        directoryHindrance: hindranceOf(directory),
        fileHindrance: file === undefined ? null : hindrance(native, realPath, constants.W_OK),
        mountPoint: table.mountOf(file === undefined ? directory : realPath)?.point ?? null,
        isMountPoint: points.has(realPath),
        owner: file?.uid ?? null,
        way: [...way.values()],
      };
    },
  };
}

function facts(path: RealPath, { mode, uid, gid }: Stats): DirectoryFacts {
  return { path, mode: mode & 0o7777, uid, gid };
}

function nearest(directory: RealPath, root: RealPath): RealPath {
  let path = directory;
  while (path !== root && lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    path = dirname(path) as RealPath;
  }
  return path;
}

function hindrance(
  native: Pick<Native, 'removeAttrSync'> | null,
  path: string,
  wanted: number,
): Hindrance | null {
  try {
    accessSync(path, wanted);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EROFS') return 'read-only';
    // access(2) says EPERM for the immutable bit only, EACCES for everything else.
    return code === 'EPERM' ? 'fixed' : 'denied';
  }
  const fixed = native === null ? isAppendOnlyFile(path) : isFixed(native, path);
  return fixed ? 'fixed' : null;
}

/** O_WRONLY | O_RDWR: write permission is checked, and the descriptor can neither read nor write (open(2)). */
const CHECK_ONLY = 3;

/**
 * The kernel opens an append-only file for writing only with O_APPEND. What is opened here cannot write, so a watcher is told
 * CLOSE_NOWRITE and not CLOSE_WRITE (test/fault/watched-directory.test.ts).
 */
function isAppendOnlyFile(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    closeSync(openSync(path, CHECK_ONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * The append-only bit forbids renames and writes, and access(2) does not tell. The kernel looks at it before anything else when
 * an attribute is removed (fs/xattr.c xattr_permission): removing one that does not exist answers the question and
 * changes nothing, not even a time stamp.
 */
function isFixed(native: Pick<Native, 'removeAttrSync'>, path: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    native.removeAttrSync(fd, 'user.setpoint.none');
    return false;
  } catch (error) {
    // In a sticky directory of somebody else EPERM means only that its attributes are not ours (user.*, xattr(7)).
    return errorCode(error) === 'EPERM' && !isSticky(path);
  } finally {
    closeSync(fd);
  }
}

function isSticky(path: string): boolean {
  return ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o1000) !== 0;
}
