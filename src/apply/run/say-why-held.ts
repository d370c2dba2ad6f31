import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId } from '../../model/brand.ts';
import type { OpenRun } from '../machine/open-run.ts';

/**
 * The tree `held` with the true reason of the hold. It was prepared before anybody knew how the run would end; where nothing more
 * can be written (full disk) it is good enough, because the commit says the reason as well.
 */
export async function sayWhyHeld(run: OpenRun, held: string, reason: string): Promise<string> {
  const { state } = run.context;
  const { workspace, plan, run: id } = run.header;
  try {
    // Git takes a tree where a commit is asked for.
    const { plans } = await state.loadAt(held as CommitId);
    const record = plans.find((one) => one.workspace === workspace && one.plan === plan);
    if (record?.hold?.run !== id) return held;
    const hold = { ...record.hold, reason };
    return await state.prepare(held as CommitId, {
      files: [],
      plans: [{ workspace, plan, record: { ...record, hold } }],
    });
  } catch (error) {
    if (error instanceof SetpointError) return held;
    throw error;
  }
}
