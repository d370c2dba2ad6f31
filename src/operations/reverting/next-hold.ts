import type { Digest, RunId } from '../../model/brand.ts';
import { heldInputs, holdFor } from '../../model/recorded-state.ts';
import type { Hold, PlanRecord } from '../../model/recorded-state.ts';

/** A run on its way back, as far as the hold of its plan goes. */
export interface TakenBack {
  readonly run: RunId;
  /** Inputs that it applied; null when they are not recorded. */
  readonly inputs: Digest | null;
  /** Present: it was itself a revert that held the plan, and this was the hold before it. */
  readonly holdBefore?: Hold | null;
}

/**
 * The plan must not do again what is taken back, until its inputs change. A revert that is taken back lets go of its own hold: the
 * host has what the plan says again. Pure.
 */
export function nextHold(
  { hold, inputDigest }: Pick<PlanRecord, 'hold' | 'inputDigest'>,
  { run, inputs, holdBefore }: TakenBack,
  by: RunId,
): Hold | null {
  if (holdBefore !== undefined) return hold?.run === run ? holdBefore : hold;
  const reason = `run ${run} was taken back with setpoint revert`;
  const further = [...heldInputs(hold), ...(inputs === null ? [] : [inputs])];
  return holdFor({ run: by, inputDigest, reason }, further);
}
