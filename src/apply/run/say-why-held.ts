import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId } from '../../model/brand.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import type { OpenRun } from '../machine/open-run.ts';

/**
 * The tree `held` with the true reason of the hold: it was prepared before anybody knew how the run would end. Objects that are lost
 * leave it as it is (lost-objects.ts has the words for them); a full disk does not: then nothing is recorded before there is room.
 * Errors: SP5xxx.
 */
export async function sayWhyHeld(run: OpenRun, held: string, reason: string): Promise<string> {
  const { workspace, plan, run: id } = run.header;
  const record = await recordIn(run, held);
  if (record?.hold?.run !== id) return held;
  const hold = { ...record.hold, reason };
  return run.context.state.prepare(held as CommitId, {
    files: [],
    plans: [{ workspace, plan, record: { ...record, hold } }],
  });
}

/** Git takes a tree where a commit is asked for. */
async function recordIn(
  { context, header }: OpenRun,
  tree: string,
): Promise<PlanRecord | undefined> {
  try {
    const { plans } = await context.state.loadAt(tree as CommitId);
    return recordOfPlan(plans, header);
  } catch (error) {
    if (error instanceof SetpointError) return undefined;
    throw error;
  }
}
