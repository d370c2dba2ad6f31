import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { PlanRequest } from '../../model/change-set.ts';
import { EXIT } from '../../model/outcome.ts';
import { expiringAt } from '../../plan/change-set/assemble.ts';
import type { ComputedSet } from '../planning/compute-change-set.ts';
import { computeChangeSet } from '../planning/compute-change-set.ts';
import type { Session } from '../session.ts';
import type { ApplyOptions } from './apply-options.ts';

/** What was asked for, by name or by a saved set. */
export function requestOf({ source }: Pick<ApplyOptions, 'source'>): PlanRequest {
  if ('set' in source) return source.set.request;
  const { plans, vars, acknowledged = [] } = source;
  return { plans, vars, ...(acknowledged.length === 0 ? {} : { acknowledged }) };
}

/**
 * The change set as it is now. Throws like computeChangeSet, but a plan that is not there any more makes a saved set stale
 * (exit 6): nobody typed its name.
 */
export async function computeRequested(
  session: Session,
  { source, allowDiverged = null }: Pick<ApplyOptions, 'source'> & Partial<ApplyOptions>,
): Promise<ComputedSet> {
  // A saved set does what was reviewed, and nothing else.
  const waived = { allowDiverged: allowDiverged !== null && !('set' in source) };
  try {
    const computed = await computeChangeSet(session, requestOf({ source }), waived);
    const notAfter = 'set' in source ? source.set.notAfter : undefined;
    return notAfter === undefined
      ? computed
      : { ...computed, set: expiringAt(computed.set, notAfter) };
  } catch (error) {
    if ('set' in source && error instanceof SetpointError && isUnknownPlan(error)) {
      throw new SetpointError(EXIT.stale, error.diagnostics, { cause: error });
    }
    throw error;
  }
}

function isUnknownPlan({ diagnostics }: SetpointError): boolean {
  return diagnostics.every(({ code }) => code === 'SP3041');
}
