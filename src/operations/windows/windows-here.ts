import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';

/**
 * The change windows of the workspace that the command stands in, for what works without one: outside of a workspace there are none. One
 * that cannot be read is refused (exit 65), because nobody knows what it closes.
 */
export async function windowsHere({ options }: Session): Promise<readonly ChangeWindow[]> {
  try {
    await findWorkspace(options.cwd);
  } catch (error) {
    if (error instanceof SetpointError) return [];
    throw error;
  }
  return (await loadWorkspaceConfig(options.cwd)).windows;
}
