import { findWorkspace } from './find-workspace.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import type { Source } from './read-workspace-file.ts';

/** Larger sources belong on an artefact server, not in git. */
const MAX_SOURCE = 10 * 1024 * 1024;

/** Reads files that plans name, as readWorkspaceFile does. Results are cached for one command. */
export function sourceReader(workspace: RealPath): (path: WorkspacePath) => Source {
  const cache = new Map<WorkspacePath, Source>();
  return (path) => {
    const known = cache.get(path);
    if (known !== undefined) return known;
    const source = readWorkspaceFile(workspace, path, MAX_SOURCE);
    cache.set(path, source);
    return source;
  };
}

/** The reader of the workspace that is here; `null` where none is, for what works without one. */
export async function sourceOfWorkspace(
  cwd: string | null,
): Promise<((path: WorkspacePath) => Source) | null> {
  try {
    return sourceReader(await findWorkspace(cwd));
  } catch {
    return null;
  }
}
