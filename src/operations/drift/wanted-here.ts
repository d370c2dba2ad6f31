import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Variables, WorkspaceConfig } from '../../model/plan-file.ts';
import type { ResolvedWorkspace } from '../../plan/files/resolve-workspace.ts';
import type { Session } from '../session.ts';
import { loadWorkspace, loadWorkspaceConfig, resolveForHost } from '../workspace/load-workspace.ts';

/** The workspace as far as it is here. */
export interface WantedHere {
  /** `null`: no workspace. */
  readonly config: WorkspaceConfig | null;
  /** `null`: no workspace, or plan files that cannot be read or resolved. */
  readonly plans: ResolvedWorkspace | null;
  readonly warnings: readonly Diagnostic[];
}

/**
 * What plan files want on this host, when there are any: a host is held against its record, so broken plan files must not
 * hide drift. Throws SetpointError 65 only for `setpoint.yaml` itself, whose rules would be missed.
 */
export async function wantedHere(session: Session, vars: Variables): Promise<WantedHere> {
  const { cwd } = session.options;
  const config = await withoutWorkspace(loadWorkspaceConfig(cwd));
  if (config === null) return { config, plans: null, warnings: [] };
  return orInvalid(config, async () => {
    const plans = resolveForHost(await loadWorkspace(cwd), session.hostName, vars);
    return { config, plans, warnings: [] };
  });
}

/** The same for what must be told whatever the workspace is like: open runs, files that need a person. */
export async function wantedIfReadable(session: Session, vars: Variables): Promise<WantedHere> {
  return orInvalid(null, () => wantedHere(session, vars));
}

async function orInvalid(
  config: WorkspaceConfig | null,
  read: () => Promise<WantedHere>,
): Promise<WantedHere> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SetpointError) || error.exitCode !== EXIT.invalidPlan) throw error;
    return { config, plans: null, warnings: [notResolved(error)] };
  }
}

function withoutWorkspace(loading: Promise<WorkspaceConfig>): Promise<WorkspaceConfig | null> {
  return loading.catch((error: unknown) => {
    const missing = error instanceof SetpointError && error.diagnostics[0]?.code === 'SP3060';
    if (missing) return null;
    throw error;
  });
}

function notResolved({ diagnostics }: SetpointError): Diagnostic {
  const [first] = diagnostics;
  const place = first?.at === undefined ? '' : `${first.at.file}:${first.at.line}: `;
  return {
    code: 'SP3070',
    severity: 'warning',
    message: `what plan files want is not known: ${place}${first?.message ?? 'they cannot be read'}`,
    help: 'see every problem with: setpoint validate',
  };
}
