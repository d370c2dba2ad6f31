import type { RunId } from '../model/brand.ts';
import { recordOfPlan } from '../model/plan-key.ts';
import type { RecordedState } from '../model/recorded-state.ts';
import type { StateChange } from '../model/state-change.ts';
import { GATE_DEFAULTS } from '../plan/files/gate-defaults.ts';
import type { ReturnOptions } from './going-back/carry-out.ts';
import { returnApproved, type Returned } from './going-back/return-approved.ts';
import { requireBranchGround, type BranchWish } from './revert-branch/branch-ground.ts';
import { onlyBranch, withBranch } from './revert-branch/branch-of-run.ts';
import { findKeptRun } from './reverting/kept-run.ts';
import { nextHold } from './reverting/next-hold.ts';
import { planRevert, type PlannedRevert } from './reverting/plan-revert.ts';
import type { RevertPreview, RevertResult } from './reverting/results.ts';
import type { Session } from './session.ts';

export interface RevertOptions extends ReturnOptions {
  /** The branch that takes its change back in the workspace, too; `only`: and nothing on the host. */
  readonly branch: (BranchWish & { readonly only: boolean }) | null;
  /** A run's id, its beginning, or the workspace commit that it applied. */
  readonly run: string;
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: RevertPreview) => Promise<boolean>;
}

/**
 * Takes one run back at once, item by item, through the recorded gates of every plan in its files; what came later stays. Its plan
 * is held then: the same plan file would do it again. Works without a workspace. Throws SetpointError 1 (not approved), 5 (lock),
 * 7 (a conflict, places), 64 (no such run); with a
 * branch as requireBranchGround before anything is done.
 */
export async function revertRun(session: Session, options: RevertOptions): Promise<RevertResult> {
  const { branch, run, signal } = options;
  const ground = branch === null ? null : await requireBranchGround(session, branch);
  if (ground !== null && branch?.only === true) return onlyBranch(session, ground, run, signal);
  const done = await revertOnHost(session, options);
  return ground === null ? { ...done, branch: null } : withBranch(session, ground, done, signal);
}

function revertOnHost(session: Session, options: RevertOptions): Promise<RevertPreview & Returned> {
  const { run, offline, acknowledged, approve } = options;
  return returnApproved<RevertPreview, PlannedRevert>(
    session,
    {
      command: 'revert',
      approve,
      plan: async (state) => {
        const kept = await findKeptRun(state, run);
        return planRevert(session, { kept, state, offline, acknowledged, defaults: GATE_DEFAULTS });
      },
      record: (planned, recorded) => ({
        changes: planned.files.map(({ path }) => `< ${path} without run ${planned.preview.run}`),
        plans: (by) => held(recorded, planned, by),
      }),
    },
    options,
  );
}

/** The record of the plan with the hold that it has then. */
function held(
  { plans }: RecordedState,
  { preview, workspace, takenBack }: PlannedRevert,
  by: RunId,
): StateChange['plans'] {
  const known = recordOfPlan(plans, { workspace, plan: preview.plan });
  if (known === undefined) return [];
  const { plan } = known;
  return [{ workspace, plan, record: { ...known, hold: nextHold(known, takenBack, by) } }];
}
