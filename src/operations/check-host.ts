import type { PlanName } from '../model/brand.ts';
import type { Variables } from '../model/plan-file.ts';
import type { CheckHostResult } from './results.ts';
import type { Session } from './session.ts';

export interface CheckHostOptions {
  readonly plans: readonly PlanName[];
  readonly vars: Variables;
}

/** Runs the plans' before-gates and audits once against the host as it is; changes nothing. Exit 0 all green, 1 otherwise. */
export function checkHost(_session: Session, _options: CheckHostOptions): Promise<CheckHostResult> {
  throw new Error('under construction');
}
