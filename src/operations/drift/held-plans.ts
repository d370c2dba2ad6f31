import type { RunId } from '../../model/brand.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { holds } from '../../model/recorded-state.ts';
import type { WantedHere } from './wanted-here.ts';

/** A plan that a gate or a person took back. */
export interface HeldTold {
  readonly run: RunId;
  readonly reason: string;
  /** Plan files here have other inputs than those that were taken back: the next apply tries them. `null`: none are here. */
  readonly inputsChanged: boolean | null;
}

/** The hold of a recorded plan beside what plan files want now, judged as `plan` does. Null: it has none. */
export function heldTold(
  { hold, plan, workspace }: Pick<PlanRecord, 'hold' | 'plan' | 'workspace'>,
  { config, plans }: WantedHere,
): HeldTold | null {
  if (hold === null) return null;
  const here = config?.name === workspace ? (plans?.plans ?? []) : [];
  const wanted = here.find(({ name }) => name === plan);
  const inputsChanged = wanted === undefined ? null : !holds(hold, wanted.inputDigest);
  return { run: hold.run, reason: hold.reason, inputsChanged };
}
