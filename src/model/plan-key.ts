import type { PlanName, WorkspaceName } from './brand.ts';

/** What names a plan on a host: one of the same name in another workspace is another plan. */
export interface PlanKey {
  readonly workspace: WorkspaceName;
  readonly plan: PlanName;
}

export function isSamePlan(a: PlanKey, b: PlanKey): boolean {
  return a.plan === b.plan && a.workspace === b.workspace;
}

/** The record of a plan among those of a host. */
export function recordOfPlan<Recorded extends PlanKey>(
  plans: readonly Recorded[],
  key: PlanKey,
): Recorded | undefined {
  return plans.find((record) => isSamePlan(record, key));
}
