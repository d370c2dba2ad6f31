import { dirname } from 'node:path';
import type { CommitId } from '../../model/brand.ts';
import { workspaceGitFailed } from './workspace-git.ts';
import type { WorkspaceGit } from './workspace-git.ts';

/** Paths in one git call: far below the kernel's limit for arguments. */
const CHUNK = 500;

/** What a commit has at a path. `mode` as git writes it: 100644, 100755, 120000 (link), 160000 (submodule), 040000 (folder). */
export interface GitEntry {
  readonly mode: string;
  readonly id: string;
}

/** Mode of a submodule. */
export const GITLINK = '160000';

/** The folders that a relative path lies in, outermost first. */
export function foldersOf(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}

/** What a commit has at `paths` (relative to `top`); paths that it has not are left out. Throws SP5030, SP5031. */
export async function entriesAt(
  git: WorkspaceGit,
  top: string,
  commit: CommitId,
  paths: readonly string[],
): Promise<Map<string, GitEntry>> {
  const found = new Map<string, GitEntry>();
  for (let i = 0; i < paths.length; i += CHUNK) {
    const chunk = paths.slice(i, i + CHUNK);
    const output = await git('ls-tree', '-z', '--full-tree', commit, '--', ...chunk);
    if (output.exitCode !== 0) throw workspaceGitFailed(output, top);
    for (const line of output.stdout.split('\0')) {
      const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      if (mode !== undefined && id !== undefined && name !== undefined)
        found.set(name, { mode, id });
    }
  }
  return found;
}
