import type { PlanName } from '../model/brand.ts';
import type { Variables } from '../model/plan-file.ts';
import type { PlanResult } from './results.ts';
import type { Session } from './session.ts';

export interface PlanOptions {
  /** Empty = all. */
  readonly plans: readonly PlanName[];
  readonly vars: Variables;
  /** `--out`: where to save the set (0600). */
  readonly out: string | null;
}

/** Computes the change set. Takes no lock, executes nothing a plan names, writes nothing but `out`. */
export function planChanges(_session: Session, _options: PlanOptions): Promise<PlanResult> {
  throw new Error('under construction');
}
