import type { WorkspacePath } from '../../model/brand.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { WORKSPACE_FILE } from './find-workspace.ts';

/** Files of the workspace that decide what happens on a host: they must equal the commit that is recorded. */
export function workspaceInputs(plans: readonly ResolvedPlan[]): readonly WorkspacePath[] {
  const inputs = new Set<WorkspacePath>([WORKSPACE_FILE as WorkspacePath]);
  for (const plan of plans) {
    inputs.add(plan.file);
    for (const { path } of plan.workspaceFiles) inputs.add(path);
  }
  return [...inputs].sort();
}
