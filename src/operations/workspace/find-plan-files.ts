import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { isInside, readingProblem } from './read-workspace-file.ts';

export interface FoundPlanFiles {
  readonly files: readonly WorkspacePath[];
  readonly problems: readonly Diagnostic[];
}

interface Search {
  readonly top: string;
  readonly files: WorkspacePath[];
  readonly problems: Diagnostic[];
  /** Real path of every folder read, with the path that led there: each is read once, so that links cannot multiply or circle. */
  readonly folders: Map<string, string>;
}

/**
 * Paths of `plans/**\/*.yaml` in path order, names with a leading dot passed over. Only a workspace without `plans` has none: a
 * folder that cannot be read, or a linked one that leads outside the workspace, is a problem (SP3061), because plans that are
 * not seen look like plans that were deleted.
 */
export function findPlanFiles(workspace: RealPath): FoundPlanFiles {
  const search: Search = { top: workspace, files: [], problems: [], folders: new Map() };
  if (lstatSync(join(workspace, 'plans'), { throwIfNoEntry: false }) !== undefined) {
    searchFolder({ ...search, top: realpathSync(workspace) }, 'plans');
  }
  return { files: search.files.sort(), problems: search.problems };
}

function searchFolder(search: Search, folder: string): void {
  for (const entry of entriesOf(search, folder)) {
    if (entry.name.startsWith('.')) continue;
    const path = `${folder}/${entry.name}`;
    if (isGarbled(search, path)) refuseName(search, folder, entry);
    else if (isFolder(search, path, entry)) searchFolder(search, path);
    else if (/\.ya?ml$/.test(entry.name)) search.files.push(path as WorkspacePath);
  }
}

function entriesOf(search: Search, folder: string): readonly Dirent[] {
  try {
    const real = realpathSync(join(search.top, folder));
    if (!isInside(search.top, real))
      return refuse(search, folder, 'it leads outside the workspace');
    const earlier = search.folders.get(real);
    if (earlier !== undefined) {
      return refuse(search, folder, `it is the same folder as ${earlier}, which is read already`);
    }
    search.folders.set(real, folder);
    const entries = readdirSync(real, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return refuse(search, folder, readingProblem(error));
  }
}

/** Bytes of a name that are no UTF-8 come as U+FFFD, and lead nowhere then; there are names with a real U+FFFD. */
function isGarbled({ top }: Search, path: string): boolean {
  return (
    path.includes('\uFFFD') && lstatSync(join(top, path), { throwIfNoEntry: false }) === undefined
  );
}

function refuseName({ problems }: Search, folder: string, entry: Dirent): void {
  if (entry.isFile() && !/\.ya?ml$/.test(entry.name)) return;
  const problem = unreadable(`${folder}/${entry.name}`, 'its name is not UTF-8 text');
  const help = `Rename it. The bytes of its name: ls -b ${quoteWord(folder)}`;
  problems.push({ ...problem, help });
}

/** A link is what it leads to. One that leads nowhere counts as a plan file by its name, else it may have been a folder: refused. */
function isFolder(search: Search, path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(join(search.top, path)).isDirectory();
  } catch (error) {
    if (!/\.ya?ml$/.test(entry.name)) refuse(search, path, readingProblem(error));
    return false;
  }
}

function refuse(search: Search, path: string, reason: string): readonly Dirent[] {
  search.problems.push(unreadable(path, reason));
  return [];
}

/** SP3061 for a file or folder of the workspace. */
export function unreadable(path: string, reason: string): Diagnostic {
  return { code: 'SP3061', severity: 'error', message: `${path} cannot be read: ${reason}` };
}
