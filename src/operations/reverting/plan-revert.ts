import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { WorkspaceName } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { Hold, PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import { canRestore } from '../backups/can-restore.ts';
import { isOriginal } from '../backups/restored-gates.ts';
import {
  composeReturn,
  previewOfReturn,
  type PlannedReturn,
  type ReturnQuestion,
} from '../going-back/compose-return.ts';
import { isHidden, lookAt, type ReturnedFile } from '../going-back/returned-file.ts';
import { notShown, unifiedDiff } from '../planning/unified-diffs.ts';
import type { Session } from '../session.ts';
import { gaveBack } from './gave-back.ts';
import type { KeptRun } from './kept-run.ts';
import type { TakenBack } from './next-hold.ts';
import type { RevertPreview } from './results.ts';
import { returnedItems } from './returned-items.ts';
import { readRunChanges, type RunVersions } from './run-versions.ts';
import { takeBack } from './take-back.ts';

export interface RevertQuestion extends Pick<ReturnQuestion, 'acknowledged'> {
  readonly kept: KeptRun;
  readonly state: StateRepository;
  readonly offline: boolean;
  readonly defaults: GateDefaults;
}

/** A revert as it would be done now. */
export interface PlannedRevert extends PlannedReturn {
  readonly preview: RevertPreview;
  readonly takenBack: TakenBack;
}

/**
 * What taking one run back would write: of each file only what that run changed. Changes nothing. Throws SP4271 (exit 7) with
 * every conflict and its difference, SP4272 (exit 7) for files that the run gave back, and as composeReturn.
 */
export async function planRevert(
  session: Session,
  { kept, state, offline, acknowledged, defaults }: RevertQuestion,
): Promise<PlannedRevert> {
  const [recorded, changes] = await Promise.all([state.load(), readRunChanges(state, kept)]);
  const given = [...changes.givenBack, ...itemsWithoutPlan(changes.files, recorded)];
  const own = recordOf((await state.loadAt(kept.commit)).plans, kept);
  if (given.length > 0) {
    const whole = await canRestore(session, kept.run);
    const planStays = own !== undefined && recordOfPlan(recorded.plans, own) !== undefined;
    throw gaveBack(kept, { paths: given, planStays, whole });
  }
  const { run, plan, at, planCommit } = kept;
  const undoes = own?.hold?.run === run;
  const lifted = undoes ? { holdBefore: await holdBefore(state, kept, own) } : {};
  const planned = await composeReturn(session, {
    plan,
    workspace: own?.workspace ?? workspaceOf(changes.files, kept),
    // Back the way that the run came.
    all: await returnedFiles(session, kept, changes.files.toReversed(), recorded),
    inputs: (paths) => digestOf({ revert: run, paths }),
    recorded,
    state,
    offline,
    acknowledged,
    defaults,
  });
  const shown = await previewOfReturn(session, planned);
  const planFile = planned.part.file === '' ? null : planned.part.file;
  const isRecorded =
    recordOfPlan(recorded.plans, { workspace: planned.workspace, plan }) !== undefined;
  const holds = !undoes && !kept.restored && isRecorded;
  const preview: RevertPreview = { ...shown, run, plan, at, planCommit, planFile, undoes, holds };
  // What only was put back no plan file does again.
  const unheld = kept.restored ? { holdBefore: null } : {};
  const takenBack = { run, inputs: own?.inputDigest ?? null, ...unheld, ...lifted };
  return { ...planned, preview, takenBack };
}

/** Of a run that held its plan itself, as a revert does. */
async function holdBefore(
  state: StateRepository,
  { base }: KeptRun,
  own: PlanRecord,
): Promise<Hold | null> {
  const plans = base === null ? [] : (await state.loadAt(base)).plans;
  return recordOfPlan(plans, own)?.hold ?? null;
}

async function returnedFiles(
  session: Session,
  kept: KeptRun,
  files: readonly RunVersions[],
  recorded: RecordedState,
): Promise<readonly ReturnedFile[]> {
  const returned: ReturnedFile[] = [];
  const conflicts: Conflict[] = [];
  for (const file of files) {
    const one = await returnedFile(session, file, recorded);
    if ('conflict' in one) conflicts.push(one);
    else returned.push(one);
  }
  if (conflicts.length === 0) return returned;
  const whole = await canRestore(session, kept.run);
  const problems = conflicts.map((one) => conflictOf(kept, one, whole));
  throw new SetpointError(EXIT.refused, problems);
}

interface Conflict {
  readonly conflict: string;
  /** What changed since. */
  readonly detail: string;
}

async function returnedFile(
  session: Session,
  versions: RunVersions,
  recorded: RecordedState,
): Promise<ReturnedFile | Conflict> {
  const { path } = versions;
  const managed = recorded.files.get(path);
  const found = await lookAt(session.host, path, managed);
  if ('obstacle' in found) return { conflict: found.obstacle, detail: '' };
  const { image: before, state } = found;
  const live = { state, bytes: before.exists ? before.bytes : null };
  const back = takeBack(versions, live);
  if ('conflict' in back) {
    const made = madeImage(versions);
    const hidden = versions.record !== 'full' || isHidden({ path, managed, before, after: made });
    const since = hidden ? notShown(path) : await unifiedDiff(path, made, before);
    return { conflict: back.conflict, detail: since };
  }
  const image = { path, before, after: back.image, managed };
  const original = isOriginal(image, back.state?.sha256 ?? null);
  const items = returnedItems(versions, managed?.items ?? {});
  return { ...image, live: state, wanted: back.state, original, items };
}

function madeImage({ made }: RunVersions): FileImage {
  if (made.bytes === null) return { exists: false };
  return { exists: true, bytes: made.bytes, mode: made.state?.mode ?? 0 };
}

function conflictOf({ run }: KeptRun, { conflict, detail }: Conflict, whole: boolean): Diagnostic {
  const restore = `; or put whole files back, later edits with them: setpoint backup restore ${run}`;
  return {
    code: 'SP4271',
    severity: 'error',
    message: `nothing was taken back: ${conflict}`,
    help: `Edit the plan file instead (git revert) and apply${whole ? restore : ''}`,
    ...(detail === '' ? {} : { detail: `since run ${run}:\n${detail}` }),
  };
}

/** Files of which the run gave items back whose plan has no record any more: nobody could own them again. */
function itemsWithoutPlan(
  files: readonly RunVersions[],
  { plans }: RecordedState,
): readonly string[] {
  return files
    .filter(({ keys, before, after }) =>
      keys.some((key) => {
        const owner = after[key] === undefined ? before[key]?.owner : undefined;
        return owner !== undefined && recordOfPlan(plans, owner) === undefined;
      }),
    )
    .map(({ path }) => path);
}

/** The record that the run left of its plan. A restore leaves none: then that of the plan, if only one workspace has such a plan. */
function recordOf(plans: readonly PlanRecord[], { plan, run }: KeptRun): PlanRecord | undefined {
  const named = plans.filter((record) => record.plan === plan);
  const [only, other] = named;
  return named.find((record) => record.run === run) ?? (other === undefined ? only : undefined);
}

/** Where no record tells, the owner of an item that the run changed does. */
function workspaceOf(files: readonly RunVersions[], { plan }: KeptRun): WorkspaceName {
  const items = files.flatMap(({ keys, before, after }) =>
    keys.flatMap((key) => [after[key], before[key]]),
  );
  const own = items.find((item) => item?.owner.plan === plan);
  return own?.owner.workspace ?? ('' as WorkspaceName);
}
