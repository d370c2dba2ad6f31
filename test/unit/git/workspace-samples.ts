import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openWorkspaceRepository } from '../../../src/git/workspace/workspace-repository.ts';
import type { WorkspaceRepository } from '../../../src/git/workspace/workspace-repository.ts';
import type { CommitId, WorkspacePath } from '../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from './scratch.ts';

export function put(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

/** Commits everything in `dir`'s repository. */
export function commitAll(dir: string, message = 'x'): CommitId {
  plainGit(dir, 'add', '-A', '-f');
  plainGit(dir, 'commit', '-q', '--allow-empty', '-m', message);
  return plainGit(dir, 'rev-parse', 'HEAD').trim() as CommitId;
}

/** A new git repository with these files committed. */
export function newWorkspace(
  files: Readonly<Record<string, string>> = { 'plans/a.yaml': 'a\n' },
): string {
  const dir = scratchDirectory();
  plainGit(dir, 'init', '-q', '-b', 'main');
  put(dir, files);
  commitAll(dir);
  return dir;
}

export async function opened(dir: string): Promise<WorkspaceRepository> {
  const repository = await openWorkspaceRepository(dir, {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
  });
  if (repository === null) throw new Error(`no repository at ${dir}`);
  return repository;
}

export function paths(...names: readonly string[]): WorkspacePath[] {
  return names as WorkspacePath[];
}
