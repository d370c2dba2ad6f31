import { posix } from 'node:path';
import { joinRoot } from '../../host/resolve-path.ts';
import type { RealPath } from '../../model/brand.ts';
import type { Journal } from './journal.ts';

/** A path of a journal that is not inside the root the journal was found in. */
export class OutsideRoot extends Error {
  readonly path: string;

  constructor(path: string, root: RealPath) {
    super(`${path} is not inside ${root}`);
    this.path = path;
  }
}

/**
 * The journal as it is stored: its paths begin at the root, so that a root that is mounted elsewhere, moved or copied has a journal
 * about its own files. Throws OutsideRoot.
 */
export function toStored(journal: Journal, root: RealPath): Journal {
  return withPaths(journal, (path) => {
    requireInside(path, root);
    // Stored, a path is one of the host; the types are those of the journal that is read.
    return (root === '/' ? path : path.slice(root.length) || '/') as RealPath;
  });
}

/** The journal of a stored one, whose paths begin at `root`. Throws OutsideRoot. */
export function fromStored(stored: Journal, root: RealPath): Journal {
  return withPaths(stored, (path) => {
    requireInside(path, '/' as RealPath);
    return joinRoot(root, path);
  });
}

/** The journal of versions 1 and 2, which stored paths of the machine: they count only inside `root`. Throws OutsideRoot. */
export function fromAbsolute(stored: Journal, root: RealPath): Journal {
  for (const { path, realPath } of stored.phase === 'committed' ? stored.files : []) {
    // Inside, but of a root that was mounted there.
    if (realPath !== joinRoot(root, path)) throw new OutsideRoot(realPath, root);
  }
  return withPaths(stored, (path) => {
    requireInside(path, root);
    return path;
  });
}

function requireInside(path: string, root: RealPath): void {
  const inside = root === '/' || path === root || path.startsWith(`${root}/`);
  if (!inside || posix.normalize(path) !== path) throw new OutsideRoot(path, root);
}

/** Every path of the machine that a journal holds; `path` of a file begins at the root in every version. */
function withPaths(journal: Journal, map: (path: RealPath) => RealPath): Journal {
  const mapOrNull = (path: RealPath | null): RealPath | null => (path === null ? null : map(path));
  const intent = {
    stageDirectories: journal.intent.stageDirectories.map(map),
    createdDirectories: journal.intent.createdDirectories.map(map),
  };
  if (journal.phase === 'staging') return { ...journal, intent };
  const files = journal.files.map((file) => ({
    ...file,
    realPath: map(file.realPath),
    stageDirectory: map(file.stageDirectory),
    oldPath: mapOrNull(file.oldPath),
    newPath: mapOrNull(file.newPath),
  }));
  return { ...journal, intent, files };
}
