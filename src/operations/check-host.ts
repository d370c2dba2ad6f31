import type { CheckContext } from '../checks/context.ts';
import { EMPTY_BASELINE } from '../checks/process-baseline.ts';
import { runAudits } from '../checks/run-audits.ts';
import { runGates } from '../checks/run-gates.ts';
import { kindOf } from '../kinds/registry.ts';
import type { PlanName, RunId } from '../model/brand.ts';
import type { AuditSpec, GateSpec } from '../model/check.ts';
import { imageOf } from '../model/file-image.ts';
import { EXIT } from '../model/outcome.ts';
import type {
  GateDefaults,
  ResolvedPlan,
  ResolvedResource,
  Variables,
} from '../model/plan-file.ts';
import { recordOfPlan } from '../model/plan-key.ts';
import { gateIdOf } from '../plan/difference/step-gates.ts';
import { openState } from './open-state.ts';
import { requireKnown } from './planning/require-known.ts';
import type { CheckHostResult } from './results.ts';
import type { Session } from './session.ts';
import { loadWorkspace, resolveForHost } from './workspace/load-workspace.ts';

export interface CheckHostOptions {
  readonly plans: readonly PlanName[];
  readonly vars: Variables;
  readonly signal: AbortSignal;
}

/** Gates outside a run have no run id; listeners of `check` get none of the events. */
const NO_RUN = '' as RunId;

/**
 * Asks the plans' gates and audits once about the host as it is; changes nothing. A plan that is applied here is held to its
 * `after` gates and its audits, another one to its `before` gates. Executes the commands that gates and audits name.
 * Exit 0 when all are green, 1 otherwise.
 */
export async function checkHost(
  session: Session,
  options: CheckHostOptions,
): Promise<CheckHostResult> {
  const workspace = await loadWorkspace(session.options.cwd);
  const { plans } = resolveForHost(workspace, session.hostName, options.vars);
  requireKnown(
    options.plans,
    plans.map((plan) => plan.name),
  );
  const recorded = await openState(session).load();
  const { root, processes, podRuntime, commands, clock } = session.host;
  const { signal } = options;
  const directory = workspace.dir;
  const context: CheckContext = {
    root,
    processes,
    podRuntime,
    commands,
    clock,
    directory,
    signal,
    baseline: EMPTY_BASELINE,
  };
  const results: CheckHostResult['results'][number][] = [];
  for (const plan of plans) {
    if (options.plans.length > 0 && !options.plans.includes(plan.name)) continue;
    const key = { workspace: workspace.config.name, plan: plan.name };
    const applied = recordOfPlan(recorded.plans, key)?.hold === null;
    const asked = await questionsOf(session, plan, applied, workspace.config.gates);
    const gates = await runGates(asked.gates, 'before', context, { run: NO_RUN, listener: ignore });
    const audits = await runAudits(asked.audits, context, { run: NO_RUN, listener: ignore });
    const both = [...gates.results, ...audits.results];
    results.push(...both.map((result) => ({ ...result, plan: plan.name })));
  }
  const green = results.every((result) => result.verdict === 'green');
  return { results, exitCode: green ? EXIT.done : EXIT.failed };
}

function ignore(): void {
  // Results are returned; progress of single attempts is of no use here.
}

async function questionsOf(
  session: Session,
  plan: ResolvedPlan,
  applied: boolean,
  defaults: GateDefaults,
): Promise<{ readonly gates: readonly GateSpec[]; readonly audits: readonly AuditSpec[] }> {
  const phase = applied ? 'after' : 'before';
  const gates: GateSpec[] = [...plan.gates];
  const audits: AuditSpec[] = [];
  for (const resource of plan.resources) {
    gates.push(...(await gatesOf(session, resource, defaults)));
    if (applied) audits.push(...resource.audits);
  }
  const chosen = gates.filter((gate) => gate.phases.includes(phase));
  return { gates: chosen.map((gate) => ({ ...gate, phases: ['before'] })), audits };
}

async function gatesOf(
  session: Session,
  resource: ResolvedResource,
  defaults: GateDefaults,
): Promise<readonly GateSpec[]> {
  if (resource.gates !== 'default') return resource.gates;
  const { path, content } = await session.host.root.observe(resource.spec.path, {
    inPlace: true,
  });
  const image = imageOf(content);
  const gates = kindOf(resource.spec.kind).derivedGates(resource.spec, image, image, path);
  return gates.map((gate) => ({ ...gate, ...defaults, id: gateIdOf(gate, resource) }));
}
