import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId, PlanName, RunId, WorkspaceName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { recordOfPlan, type PlanKey } from '../../model/plan-key.ts';
import { holds, type Hold, type PlanRecord } from '../../model/recorded-state.ts';
import { historyEntry } from '../history-entry.ts';
import type { KeptRun } from '../reverting/kept-run.ts';

/** What is taken back: the change of one plan between two commits of its workspace. */
export interface PlanChange {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  /** The commit that the run applied. */
  readonly applied: CommitId;
  /** The commit that was recorded before; null: the plan was new. */
  readonly before: CommitId | null;
}

/** What a run that was kept changed in its workspace. Throws SP4277 (exit 7) when no two commits tell. */
export async function changeOfKeptRun(
  state: StateRepository,
  { run, plan, commit, base, planCommit }: KeptRun,
): Promise<PlanChange> {
  if (planCommit === null) {
    throw untold(`run ${run} applied no commit of a workspace: it put back what another run did`);
  }
  const made = (await state.loadAt(commit)).plans;
  const old = base === null ? [] : (await state.loadAt(base)).plans;
  const gone = old.filter((record) => recordOfPlan(made, record) === undefined);
  const own = [...made.filter((record) => record.run === run), ...gone].find(
    (record) => record.plan === plan,
  );
  if (own === undefined) throw untold(`nothing is recorded of plan ${plan} at run ${run}`);
  const { workspace } = own;
  const retired = gone.filter((record) => record.workspace === workspace && record.plan !== plan);
  const retires = retired.map((record) => record.plan);
  return changeFrom(state, { run, plan, workspace, planCommit, retires }, base);
}

export interface AppliedPlan {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  /** `<sha>+dirty` when what was applied was not all committed. */
  readonly planCommit: string;
  /** Plans that own nothing any more since this one has their items. */
  readonly retires: readonly PlanName[];
}

/** The same from the state commit `base` on, which the run was based on. */
export async function changeFrom(
  state: StateRepository,
  { run, plan, workspace, planCommit, retires }: AppliedPlan,
  base: CommitId | null,
): Promise<PlanChange> {
  if (retires.length > 0) {
    throw untold(
      `run ${run} also took over what ${retires.join(', ')} had: more than one plan changed`,
      'Use git revert on the commits that changed these plans.',
    );
  }
  const [applied = '', dirty] = planCommit.split('+');
  if (dirty !== undefined) throw untold(`run ${run} applied files that were not committed`);
  const record = await standingRecord(state, { plan, workspace }, base);
  if (record !== null && (record.dirty || record.commit === null)) {
    throw untold(`before run ${run}, plan ${plan} was applied with files that were not committed`);
  }
  return { run, plan, workspace, applied: applied as CommitId, before: record?.commit ?? null };
}

/** The plan's record at `base`, of the last run that was neither reverted nor taken back; null: there was none. */
async function standingRecord(
  state: StateRepository,
  wanted: PlanKey,
  base: CommitId | null,
): Promise<PlanRecord | null> {
  let hold: Hold | null = null;
  for (let at = base; at !== null;) {
    const record = await recordAt(state, at, wanted);
    // A first run that was reverted leaves a record, too.
    const kept = record === undefined ? null : await keptCommit(state, record.run);
    if (record === undefined || kept === null) return null;
    hold ??= await takenBack(state, record);
    if (hold === null || !holds(hold, record.inputDigest)) return record;
    at = kept.parent;
  }
  return null;
}

/** The hold that `setpoint revert` left: its own run was kept. That of a red gate was not, and took the place of an earlier one. */
async function takenBack(state: StateRepository, record: PlanRecord): Promise<Hold | null> {
  let { hold } = record;
  while (hold !== null && (await keptCommit(state, hold.run)) === null) {
    const [first] = await state.commitsOfRun(hold.run);
    const earlier = await recordAt(state, first?.parent ?? null, record);
    hold = earlier?.hold ?? null;
  }
  return hold;
}

async function recordAt(
  state: StateRepository,
  at: CommitId | null,
  wanted: PlanKey,
): Promise<PlanRecord | undefined> {
  if (at === null) return undefined;
  const { plans } = await state.loadAt(at);
  return recordOfPlan(plans, wanted);
}

async function keptCommit(state: StateRepository, run: RunId): Promise<StateLogEntry | null> {
  const commits = await state.commitsOfRun(run);
  return commits.find((entry) => historyEntry(entry).status.startsWith('applied')) ?? null;
}

/** The plan is none of the workspace that the command stands in. */
export function otherWorkspace({ run, workspace }: PlanChange, here: WorkspaceName): SetpointError {
  return untold(
    `run ${run} applied a plan of workspace ${workspace}, and this is ${here}`,
    'Run it in that workspace: -C DIR',
  );
}

/** A later version of setpoint may have read it. */
export function noSuchPlan({ plan }: PlanChange, commit: CommitId): SetpointError {
  return untold(
    `plan ${plan} is in no plan file of commit ${commit.slice(0, 12)} that can be read`,
  );
}

function untold(
  message: string,
  help = 'Undo the change in the plan file by hand, and commit it.',
): SetpointError {
  return new SetpointError(EXIT.refused, [{ code: 'SP4277', severity: 'error', message, help }]);
}
