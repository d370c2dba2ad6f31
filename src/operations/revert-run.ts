import type { StateRepository } from '../git/state-repository.ts';
import type { Digest, RunId } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import type { RecordedState } from '../model/recorded-state.ts';
import type { StateChange } from '../model/state-change.ts';
import { GATE_DEFAULTS } from '../plan/files/gate-defaults.ts';
import { carryOut, type ReturnOptions } from './going-back/carry-out.ts';
import { openState } from './open-state.ts';
import { findKeptRun } from './reverting/kept-run.ts';
import { planRevert, type PlannedRevert } from './reverting/plan-revert.ts';
import type { RevertPreview, RevertResult } from './reverting/results.ts';
import { notApproved } from './running/not-approved.ts';
import { hasLeftovers, settleLeftovers } from './running/settle-leftovers.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';
import { requireRecord } from './state/lost-record.ts';

export interface RevertOptions extends ReturnOptions {
  /** A run's id, its beginning, or the workspace commit that it applied. */
  readonly run: string;
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: RevertPreview) => Promise<boolean>;
}

/**
 * Takes one run back at once, item by item, through the recorded gates of every plan in its files; what came later stays. Its plan
 * is held then: the same plan file would do it again. Works without a workspace. Throws SetpointError 1 (not approved), 5 (lock),
 * 7 (a conflict, places), 64 (no such run).
 */
export async function revertRun(session: Session, options: RevertOptions): Promise<RevertResult> {
  await requireRecord(session);
  let approved: Digest | null = null;
  if (!hasLeftovers(session)) {
    const planned = await planNow(session, options, openState(session));
    if (planned.files.length === 0) return nothingDone(planned);
    if (!(await options.approve(planned.preview))) throw notApproved();
    approved = planned.digest;
  }
  return underRunLock(session, 'revert', async (lock) => {
    const settled = await settleLeftovers(session, lock, options);
    const state = openState(session, lock);
    const planned = await planNow(session, options, state);
    // Its own work is not begun: what was shown no longer holds on this host.
    if (settled !== null) return { ...nothingDone(planned), ...settled };
    if (planned.files.length === 0) return nothingDone(planned);
    if (planned.digest !== approved && !(await options.approve(planned.preview))) {
      throw notApproved();
    }
    const recorded = await state.load();
    const { run } = planned.preview;
    const record = {
      changes: planned.files.map(({ path }) => `< ${path} without run ${run}`),
      plans: (by: RunId) => held(recorded, planned, by),
    };
    const done = await carryOut(session, { lock, state }, planned, record, options);
    return { ...planned.preview, ...done, recovered: [] };
  });
}

async function planNow(
  session: Session,
  { run, offline }: RevertOptions,
  state: StateRepository,
): Promise<PlannedRevert> {
  const kept = await findKeptRun(state, run);
  return planRevert(session, { kept, state, offline, defaults: GATE_DEFAULTS });
}

/** Until its inputs change the plan must not do it again. */
function held(
  { plans }: RecordedState,
  { preview, workspace }: PlannedRevert,
  by: RunId,
): StateChange['plans'] {
  const known = plans.find(
    ({ plan, ...of }) => plan === preview.plan && of.workspace === workspace,
  );
  if (known === undefined) return [];
  const { plan, inputDigest } = known;
  const reason = `run ${preview.run} was taken back with setpoint revert`;
  return [{ workspace, plan, record: { ...known, hold: { run: by, inputDigest, reason } } }];
}

function nothingDone({ preview }: PlannedRevert): RevertResult {
  return { ...preview, report: null, recovered: [], problems: [], exitCode: EXIT.done };
}
