import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { loadWorkspaceConfig } from './load-workspace.ts';

/** Settings of the workspace that the command stands in; null outside of one, or when they cannot be read. */
export async function configIfAny({ options }: Session): Promise<WorkspaceConfig | null> {
  try {
    return await loadWorkspaceConfig(options.cwd);
  } catch (error) {
    if (error instanceof SetpointError) return null;
    throw error;
  }
}
