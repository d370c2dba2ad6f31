import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostName } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { planChanges } from './plan-changes.ts';
import type { PlanOptions } from './plan-changes.ts';
import { withRecord } from './recorded-host/with-record.ts';
import type { HostsPlanResult, PlanResult } from './results.ts';
import type { Session } from './session.ts';
import { loadWorkspaceConfig } from './workspace/load-workspace.ts';

/** The change set as `planChanges` computes it on the host, from the record alone: for reviews on a machine without access. */
export async function planFromRecord(session: Session, options: PlanOptions): Promise<PlanResult> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  return withRecord(session, config, session.hostName, (from) => planChanges(from, options));
}

/**
 * The same for every host that `setpoint.yaml` expects, one after the other; what keeps a host from being planned is told for it.
 * Throws SP3045 (exit 64) when it names no hosts.
 */
export async function planAllHosts(
  session: Session,
  options: Pick<PlanOptions, 'plans' | 'vars'>,
): Promise<HostsPlanResult> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  if (config.hosts.length === 0) throw noHosts();
  const hosts: HostsPlanResult['hosts'][number][] = [];
  for (const name of config.hosts as readonly HostName[]) {
    const planned = withRecord(session, config, name, (from) =>
      planChanges(from, { ...options, out: null }),
    );
    hosts.push({ host: name, ...(await outcomeOf(planned)) });
  }
  return { hosts };
}

async function outcomeOf(
  planned: Promise<PlanResult>,
): Promise<Pick<HostsPlanResult['hosts'][number], 'plan' | 'problems'>> {
  try {
    return { plan: await planned, problems: [] };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { plan: null, problems: error.diagnostics };
  }
}

function noHosts(): SetpointError {
  return new SetpointError(EXIT.usage, [
    {
      code: 'SP3045',
      severity: 'error',
      message: 'setpoint.yaml does not say which hosts there are',
      help: 'Add them: `hosts: [cp-1, cp-2]`; or plan one: setpoint plan --against=recorded --host NAME',
    },
  ]);
}
