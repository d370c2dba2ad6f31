import type { PlanName, WorkspaceName } from '../../model/brand.ts';
import type { PlanPart, PlanRequest } from '../../model/change-set.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import type { Blocker } from './commit-guard.ts';

export interface OrderQuestion {
  readonly parts: readonly PlanPart[];
  /** Plans of this host. */
  readonly plans: readonly ResolvedPlan[];
  readonly recorded: RecordedState;
  readonly workspace: WorkspaceName;
  readonly request: PlanRequest;
}

/**
 * `after`: a plan runs only when each plan it names is applied on this host, or is part of the same request and runs before it.
 * Plans that do not match this host do not count.
 */
export function guardOrder(question: OrderQuestion): readonly Blocker[] {
  const { parts, plans, recorded, workspace, request } = question;
  const applied = new Set(
    recorded.plans
      .filter((record) => record.workspace === workspace && isApplied(record))
      .map(({ plan }) => plan),
  );
  const comes = (name: PlanName): boolean =>
    request.plans.length === 0 || request.plans.includes(name);
  return parts.flatMap((part): Blocker[] => {
    const plan = plans.find((known) => known.name === part.plan);
    const missing = (plan?.after ?? []).filter(
      (name) => plans.some((other) => other.name === name) && !applied.has(name) && !comes(name),
    );
    return missing.length === 0 || part.operation === 'release'
      ? []
      : [notApplied(part.plan, missing)];
  });
}

/** A plan whose first run was reverted has a record, but only for its hold. */
function isApplied({ hold, run }: PlanRecord): boolean {
  return hold?.run !== run;
}

function notApplied(plan: PlanName, missing: readonly PlanName[]): Blocker {
  return {
    diagnostic: {
      code: 'SP3042',
      severity: 'error',
      message: `plan ${plan} comes after ${missing.join(', ')}, not applied on this host yet`,
      help: `apply them together: setpoint apply ${[...missing, plan].join(' ')}`,
    },
    exitCode: 7,
    waivedBy: null,
  };
}
