import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitId } from '../../model/brand.ts';
import { objectId } from '../objects/object-pack.ts';
import { errnoOf } from '../state-error.ts';
import { submoduleHead, submodulesAround } from './submodules.ts';
import type { GitIn, SubmoduleWith } from './submodules.ts';
import { entriesAt } from './tree-entries.ts';
import type { GitEntry } from './tree-entries.ts';
import type { WorkspaceGit } from './workspace-git.ts';
import { worktreePlaces } from './worktree-links.ts';

/**
 * Those of `paths` (relative to `top`) whose bytes, kind or executable bit in the working tree are not HEAD's: modified, staged,
 * deleted, untracked or ignored. The index is not asked, so assume-unchanged and skip-worktree hide nothing; only a file that a
 * sparse checkout left out is no difference. A symlink is as dirty as what it leads to. What lies in a submodule is held against
 * the submodule's commit that HEAD names, and the submodule has to be at that commit.
 */
export async function differFromHead(
  gitIn: GitIn,
  top: string,
  head: CommitId | null,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const dirty = new Set<string>();
  const behind = new Map<string, readonly string[]>();
  for (const path of paths) {
    const places = await worktreePlaces(top, path);
    if (places === null) dirty.add(path);
    else behind.set(path, places);
  }
  const places = [...new Set([...behind.values()].flat())];
  const changed = await changedPlaces(gitIn, top, head, places);
  for (const [path, itsPlaces] of behind) {
    if (itsPlaces.some((place) => changed.has(place))) dirty.add(path);
  }
  return dirty;
}

async function changedPlaces(
  gitIn: GitIn,
  top: string,
  head: CommitId | null,
  places: readonly string[],
): Promise<ReadonlySet<string>> {
  const git = gitIn(top);
  const recorded =
    head === null ? new Map<string, GitEntry>() : await entriesAt(git, top, head, places);
  const others = places.filter((place) => !recorded.has(place));
  const submodules = head === null ? [] : await submodulesAround(git, top, head, others);
  const inside = new Set(submodules.flatMap(({ paths }) => paths));
  const changed = new Set<string>();
  for (const place of places) {
    if (inside.has(place)) continue;
    if (await differs(git, top, place, recorded.get(place))) changed.add(place);
  }
  for (const submodule of submodules) {
    for (const place of await changedInside(gitIn, top, submodule)) changed.add(place);
  }
  return changed;
}

async function changedInside(
  gitIn: GitIn,
  top: string,
  { path, commit, paths }: SubmoduleWith,
): Promise<readonly string[]> {
  const dir = join(top, path);
  if ((await submoduleHead(gitIn, dir)) !== commit) return paths;
  const within = (place: string) => place.slice(path.length + 1);
  const changed = await changedPlaces(gitIn, dir, commit, paths.map(within));
  return paths.filter((place) => changed.has(within(place)));
}

async function differs(
  git: WorkspaceGit,
  top: string,
  place: string,
  recorded: GitEntry | undefined,
): Promise<boolean> {
  const live = await inWorktree(join(top, place));
  if (live === null) return recorded !== undefined && !(await leftOut(git, place));
  if (recorded === undefined) return true;
  if (live.mode !== recorded.mode && !(await modesDoNotCount(git, live.mode, recorded.mode))) {
    return true;
  }
  if (objectIdLike(recorded.id, live.bytes) === recorded.id) return false;
  return live.mode === '120000' || (await cleanedId(git, place)) !== recorded.id;
}

async function inWorktree(path: string): Promise<{ mode: string; bytes: Uint8Array } | null> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) {
      return { mode: '120000', bytes: await readlink(path, { encoding: 'buffer' }) };
    }
    if (!stats.isFile()) return { mode: '040000', bytes: new Uint8Array() };
    return { mode: (stats.mode & 0o100) === 0 ? '100644' : '100755', bytes: await readFile(path) };
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (['ENOENT', 'ENOTDIR'].includes(errno)) return null;
    // What cannot be read cannot be shown to be HEAD's; whoever needs its bytes says why.
    if (['EACCES', 'EPERM'].includes(errno)) return { mode: 'unreadable', bytes: new Uint8Array() };
    throw error;
  }
}

/** A workspace may use sha256 object ids; those are left to git. */
function objectIdLike(id: string, bytes: Uint8Array): string | null {
  return id.length === 40 ? objectId('blob', bytes) : null;
}

/** The id after git's own conversions (line ends, filters such as LFS): a converted checkout is not dirty. */
async function cleanedId(git: WorkspaceGit, place: string): Promise<string | null> {
  const output = await git('hash-object', '--', place);
  return output.exitCode === 0 ? output.stdout.trim() : null;
}

/** Tag `S` of ls-files: skip-worktree, as a sparse checkout sets it. */
async function leftOut(git: WorkspaceGit, place: string): Promise<boolean> {
  const output = await git('ls-files', '-t', '-z', '--', place);
  return output.exitCode === 0 && output.stdout.startsWith('S ');
}

/** `core.fileMode=false`: the file system cannot hold executable bits. */
async function modesDoNotCount(git: WorkspaceGit, a: string, b: string): Promise<boolean> {
  if (!a.startsWith('100') || !b.startsWith('100')) return false;
  const output = await git('config', '--type=bool', '--get', 'core.fileMode');
  return output.stdout.trim() === 'false';
}
