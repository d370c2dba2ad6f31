import { openWorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import type { Session } from '../session.ts';

/** Those that are not in the working tree as HEAD has them; `null`: the workspace is in no git repository. Throws SP5030, SP5031. */
export async function uncommittedAmong(
  session: Session,
  workspace: string,
  paths: readonly WorkspacePath[],
): Promise<ReadonlySet<WorkspacePath> | null> {
  if (paths.length === 0) return new Set();
  const repository = await openWorkspaceRepository(workspace, session.options.env);
  return repository === null ? null : new Set(await repository.dirtyAmong([...new Set(paths)]));
}
