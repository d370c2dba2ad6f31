import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { kindOf } from '../kinds/registry.ts';
import type { HostName } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import type { ResolvedPlan, Variables } from '../model/plan-file.ts';
import { staticConflicts } from '../plan/difference/static-conflicts.ts';
import { requireMirrorPlace } from './backups/update-mirror.ts';
import type { ValidateResult } from './results.ts';
import type { Session } from './session.ts';
import { loadWorkspace, resolveForHost } from './workspace/load-workspace.ts';

export interface ValidateOptions {
  readonly vars: Variables;
}

/**
 * Loads and validates the workspace's plan files, for this host and for every host the workspace declares (a variable may be
 * missing for one of them only). Reads no managed file. Throws SetpointError (exit 65) with every problem.
 */
export async function validateWorkspace(
  session: Session,
  options: ValidateOptions,
): Promise<ValidateResult> {
  const workspace = await loadWorkspace(session.options.cwd);
  await requireMirrorPlace(session, workspace.config.backups.mirror);
  for (const host of workspace.config.hosts) {
    // Entries may be globs; those name no single host to resolve for.
    if (!/^[A-Za-z0-9._-]+$/.test(host)) continue;
    requireNoConflicts(resolveForHost(workspace, host as HostName, options.vars).plans);
  }
  const { plans, otherHosts } = resolveForHost(workspace, session.hostName, options.vars);
  requireNoConflicts(plans);
  return {
    workspace: workspace.config.name,
    plans: [
      ...plans.map((plan) => ({
        plan: plan.name,
        file: plan.file,
        resources: plan.resources.length,
        matchesHost: true,
      })),
      ...otherHosts.map(({ name, file }) => ({
        plan: name,
        file,
        resources: 0,
        matchesHost: false,
      })),
    ],
    warnings: workspace.warnings,
  };
}

function requireNoConflicts(plans: readonly ResolvedPlan[]): void {
  const conflicts = staticConflicts(plans, kindOf);
  if (conflicts.length > 0) throw new SetpointError(EXIT.invalidPlan, conflicts);
}
