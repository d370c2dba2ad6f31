import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
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
