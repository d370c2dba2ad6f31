import { lstatSync, readdirSync } from 'node:fs';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { SettleChoice } from '../../model/outcome.ts';
import { findNew, findOld, type FoundVersion } from './file-versions.ts';
import type { JournalFile } from '../journal/journal.ts';
import { isRenewed } from '../files/renewed.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import type { TouchedPlace } from '../files/unwritable.ts';

/** How one file becomes what was chosen. `move`: a kept or staged file beside it; `attributes`: only mode and owner differ. */
export type Put =
  | { readonly how: 'leave' }
  | { readonly how: 'remove' }
  | { readonly how: 'attributes'; readonly target: FileState }
  /** Through the file's own inode (`write: in-place`). */
  | { readonly how: 'overwrite'; readonly bytes: Uint8Array; readonly target: FileState }
  | { readonly how: 'move'; readonly from: RealPath; readonly target: FileState }
  | {
      readonly how: 'write';
      readonly bytes: Uint8Array;
      /** The file whose extended attributes the new one takes. */
      readonly like: RealPath | null;
      readonly target: FileState;
    };

export interface FilePlan {
  readonly index: number;
  readonly file: JournalFile;
  readonly live: LiveFile;
  readonly put: Put;
  /** Neither the old nor the new version stands there. */
  readonly foreign: boolean;
  /** Why this cannot be done; one sentence. */
  readonly stuck: string | null;
}

/** What `choice` does to each file of the run, in the order in which it is done. Looks only; nothing is changed. */
export async function planSettlement(
  run: OpenRun,
  choice: SettleChoice,
): Promise<readonly FilePlan[]> {
  const plans: FilePlan[] = [];
  for (const [index, file] of committed(run).files.entries()) {
    plans.push(await planFile(run, index, file, choice));
  }
  // What was installed last goes first, as in any revert: a manifest before the file that it names.
  return choice === 'take-old' ? plans.toReversed() : plans;
}

async function planFile(
  run: OpenRun,
  index: number,
  file: JournalFile,
  choice: SettleChoice,
): Promise<FilePlan> {
  const leave = { index, file, put: { how: 'leave' }, foreign: false, stuck: null } as const;
  try {
    const live = readLive(file.realPath);
    const foreign = isForeign(live, file);
    const here = { ...leave, live, foreign };
    if (choice === 'keep-live') return here;
    const wanted = choice === 'take-old' ? file.before : file.after;
    if (isExactly(live, wanted)) return here;
    // The old content, with the identity that its last chance gave it.
    if (choice === 'take-old' && isRenewed(live, file)) return here;
    const stuck = live.kind === 'other' ? whyNotReplaced(file.realPath) : null;
    if (stuck !== null) return { ...here, stuck };
    if (wanted === null) return { ...here, put: { how: 'remove' } };
    const found =
      choice === 'take-old' ? await findOld(run, index, file) : await findNew(run, file);
    if (found === null) {
      const version = choice === 'take-old' ? 'old' : 'new';
      return { ...here, stuck: `no copy of the ${version} ${file.path} is left` };
    }
    return { ...here, put: putFor(found, file, live, wanted) };
  } catch (error) {
    const stuck = error instanceof Error ? error.message : String(error);
    return { ...leave, live: { kind: 'other' }, stuck };
  }
}

function putFor(found: FoundVersion, file: JournalFile, live: LiveFile, target: FileState): Put {
  // Two names of one inode: rename(2) does nothing then.
  const same = live.kind === 'file' && sharesInode(live, found.path);
  if (found.place === 'live' || same) return { how: 'attributes', target };
  if (file.method === 'in-place' && live.kind === 'file') {
    return { how: 'overwrite', bytes: found.bytes, target };
  }
  if (found.place === 'stage') return { how: 'move', from: found.path, target };
  return { how: 'write', bytes: found.bytes, like: likeFor(file, live), target };
}

function sharesInode(live: Extract<LiveFile, { kind: 'file' }>, path: RealPath): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.ino === live.inode.ino && stats.dev === live.inode.dev;
}

/** The names that carrying the plan out changes. What is staged first fails before any of them. */
export function touchedBy({ file: { realPath }, put, stuck }: FilePlan): readonly TouchedPlace[] {
  if (put.how === 'leave' || stuck !== null) return [];
  if (put.how === 'attributes') return [{ realPath, method: 'attributes' }];
  if (put.how === 'overwrite') return [{ realPath, method: 'in-place' }];
  const paths = put.how === 'move' ? [realPath, put.from] : [realPath];
  return paths.map((path) => ({ realPath: path, method: 'replace' }));
}

/** A file that still has the attributes of the old one: the run gave its new file the same. */
function likeFor(file: JournalFile, live: LiveFile): RealPath | null {
  for (const path of [file.oldPath, file.newPath]) {
    const stats = path === null ? undefined : lstatSync(path, { throwIfNoEntry: false });
    if (path !== null && stats?.isFile() === true) return path;
  }
  return live.kind === 'file' ? file.realPath : null;
}

/** By content alone, as everywhere: bytes that neither version has are somebody else's. */
function isForeign(live: LiveFile, file: JournalFile): boolean {
  const { before, after } = file;
  if (isRenewed(live, file)) return false;
  if (live.kind === 'absent') return before !== null && after !== null;
  if (live.kind === 'other') return true;
  return live.state.sha256 !== before?.sha256 && live.state.sha256 !== after?.sha256;
}

/** Content, mode and owner. */
export function isExactly(live: LiveFile, wanted: FileState | null): boolean {
  if (live.kind !== 'file' || wanted === null) return live.kind === 'absent' && wanted === null;
  const { sha256, mode, uid, gid } = live.state;
  return (
    sha256 === wanted.sha256 && mode === wanted.mode && uid === wanted.uid && gid === wanted.gid
  );
}

/** A link can be kept as a link and an empty directory has nothing to lose; anything else a person has to move away. */
function whyNotReplaced(path: RealPath): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return null;
  if (!stats.isDirectory()) return `${path} is a device, pipe or socket now: move it away first`;
  if (readdirSync(path).length === 0) return null;
  return `${path} is a directory with files in it now: move it away first`;
}
