import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';
import { pruneAfterApply } from './prune-backups.ts';
import { updateMirror } from './update-mirror.ts';

/**
 * After runs, outside their transactions, under the run lock: the mirror gets what it lacks, then old backups go. Without a
 * workspace nothing is done, because its settings are not known. Gives warnings, never throws.
 */
export async function tendBackups(
  session: Session,
  known: WorkspaceConfig | null = null,
): Promise<readonly Diagnostic[]> {
  const config = known ?? (await configIfAny(session));
  if (config === null) return [];
  const mirrored = await updateMirror(session, config.backups.mirror);
  return [...mirrored, ...(await pruneAfterApply(session, config))];
}

async function configIfAny({ options }: Session): Promise<WorkspaceConfig | null> {
  try {
    return await loadWorkspaceConfig(options.cwd);
  } catch (error) {
    if (error instanceof SetpointError) return null;
    throw error;
  }
}
