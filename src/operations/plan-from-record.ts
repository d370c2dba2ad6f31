import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { suggestion } from '../diagnostics/suggest.ts';
import type { HostName } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { openState } from './open-state.ts';
import { planChanges } from './plan-changes.ts';
import type { PlanOptions } from './plan-changes.ts';
import { withRecord, type RecordsAsked } from './recorded-host/with-record.ts';
import type { HostsPlanResult, PlanResult } from './results.ts';
import type { Session, UnnamedSession } from './session.ts';
import { loadWorkspaceConfig } from './workspace/load-workspace.ts';

/** The change set as `planChanges` computes it on the host, from the record alone: for reviews on a machine without access. */
export async function planFromRecord(session: Session, options: PlanOptions): Promise<PlanResult> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  const { hostName } = session;
  return withRecord(session, config, hostName, async (from) => {
    const { hosts } = config;
    // A mistyped name has no record either: its plan would look like that of a new host.
    const strange = hosts.length > 0 && !hosts.includes(hostName);
    if (strange && (await openState(from).head()) === null) throw notExpected(hostName, hosts);
    return planChanges(from, options);
  });
}

/**
 * The same for every host that `setpoint.yaml` expects, one after the other; what keeps a host from being planned is told for it. A
 * remote that does not answer is asked once.
 * Throws SP3045 (exit 64) when it names no hosts.
 */
export async function planAllHosts(
  session: UnnamedSession,
  options: Pick<PlanOptions, 'plans' | 'vars'>,
): Promise<HostsPlanResult> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  if (config.hosts.length === 0) throw noHosts();
  const hosts: HostsPlanResult['hosts'][number][] = [];
  const asked: RecordsAsked = { noAnswer: null };
  for (const name of config.hosts as readonly HostName[]) {
    const plan = (from: Session) => planChanges(from, { ...options, out: null });
    const planned = withRecord(session, config, name, plan, asked);
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

function notExpected(host: HostName, hosts: readonly string[]): SetpointError {
  const similar = suggestion(host, hosts);
  return new SetpointError(EXIT.usage, [
    {
      code: 'SP3045',
      severity: 'error',
      message: `nothing is recorded of ${host}, and setpoint.yaml does not expect it`,
      help: `${similar === null ? '' : `${similar} `}Its hosts: ${hosts.join(', ')}; a new one is added there under \`hosts:\``,
    },
  ]);
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
