import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import type { Digest, WorkspaceName } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { imageOf, type FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { isOriginal } from '../backups/restored-gates.ts';
import { composeReturn, type PlannedReturn } from '../going-back/compose-return.ts';
import { previewOf, type ReturnedFile } from '../going-back/returned-file.ts';
import { unifiedDiff } from '../planning/unified-diffs.ts';
import type { Session } from '../session.ts';
import type { KeptRun } from './kept-run.ts';
import type { RevertPreview } from './results.ts';
import { returnedItems } from './returned-items.ts';
import { readRunChanges, type RunVersions } from './run-versions.ts';
import { takeBack } from './take-back.ts';

export interface RevertQuestion {
  readonly kept: KeptRun;
  readonly state: StateRepository;
  readonly offline: boolean;
  readonly defaults: GateDefaults;
}

/** A revert as it would be done now. */
export interface PlannedRevert extends PlannedReturn {
  readonly preview: RevertPreview;
  /** Inputs of the plan that the run applied; null when they are not recorded. */
  readonly inputs: Digest | null;
}

/**
 * What taking one run back would write: of each file only what that run changed. Changes nothing. Throws SP4271 (exit 7) with
 * every conflict and its difference, SP4272 (exit 7) for files that the run gave back, and as composeReturn.
 */
export async function planRevert(
  session: Session,
  { kept, state, offline, defaults }: RevertQuestion,
): Promise<PlannedRevert> {
  const [recorded, changes] = await Promise.all([state.load(), readRunChanges(state, kept)]);
  const given = [...changes.givenBack, ...itemsWithoutPlan(changes.files, recorded)];
  if (given.length > 0) throw gaveBack(kept, given);
  const { run, plan, at, planCommit } = kept;
  const planned = await composeReturn(session, {
    plan,
    workspace: workspaceOf(recorded, kept),
    // Back the way that the run came.
    all: await returnedFiles(session, kept, changes.files.toReversed(), recorded),
    inputs: (paths) => digestOf({ revert: run, paths }),
    recorded,
    state,
    offline,
    defaults,
  });
  const { files, unchanged, part } = planned;
  const preview: RevertPreview = {
    host: session.hostName,
    run,
    plan,
    at,
    planCommit,
    planFile: part.file === '' ? null : part.file,
    files: await Promise.all(files.map(previewOf)),
    unchanged,
    gates: [...part.steps.flatMap((step) => step.gates), ...part.gates].map(({ id }) => id),
    actions: part.steps.flatMap(({ onChange }) => onChange.map((action) => action.run)),
  };
  const applied = (await state.loadAt(kept.commit)).plans;
  const inputs = applied.find((known) => known.plan === plan)?.inputDigest ?? null;
  return { ...planned, preview, inputs };
}

async function returnedFiles(
  session: Session,
  kept: KeptRun,
  files: readonly RunVersions[],
  recorded: RecordedState,
): Promise<readonly ReturnedFile[]> {
  const returned: ReturnedFile[] = [];
  const conflicts: Diagnostic[] = [];
  for (const file of files) {
    const one = await returnedFile(session, file, recorded);
    if ('conflict' in one) conflicts.push(conflictOf(kept, one.conflict, one.detail));
    else returned.push(one);
  }
  if (conflicts.length > 0) throw new SetpointError(EXIT.refused, conflicts);
  return returned;
}

async function returnedFile(
  session: Session,
  versions: RunVersions,
  recorded: RecordedState,
): Promise<ReturnedFile | { readonly conflict: string; readonly detail: string }> {
  const { path } = versions;
  const managed = recorded.files.get(path);
  const inPlace = managed?.write === 'in-place';
  const { root } = session.host;
  const { content, path: found, linkText } = await root.observe(path, { inPlace });
  if (content.kind === 'refused') return { conflict: content.reason, detail: '' };
  if (found !== path || linkText !== null) {
    const conflict = `${path} leads through a symbolic link to ${found} now`;
    return { conflict, detail: '' };
  }
  const named = managed?.declared === undefined ? null : await root.observe(managed.declared);
  if (named !== null && named.path !== path) {
    const conflict = `${named.declared}, which led to ${path}, leads to ${named.path} now`;
    return { conflict, detail: '' };
  }
  const live =
    content.kind === 'file'
      ? { state: content.state, bytes: content.bytes }
      : { state: null, bytes: null };
  const back = takeBack(versions, live);
  if ('conflict' in back) {
    const since = await unifiedDiff(path, madeImage(versions), imageOf(content));
    return { conflict: back.conflict, detail: since };
  }
  const image = { path, before: imageOf(content), after: back.image, managed };
  const original = isOriginal(image, back.state?.sha256 ?? null);
  const items = returnedItems(versions, managed?.items ?? {});
  return { ...image, live: live.state, wanted: back.state, original, items };
}

function madeImage({ made }: RunVersions): FileImage {
  if (made.bytes === null) return { exists: false };
  return { exists: true, bytes: made.bytes, mode: made.state?.mode ?? 0 };
}

function conflictOf({ run }: KeptRun, message: string, since: string): Diagnostic {
  return {
    code: 'SP4271',
    severity: 'error',
    message: `nothing was taken back: ${message}`,
    help: `Edit the plan file instead (git revert) and apply; or put whole files back, later edits with them: setpoint backup restore ${run}`,
    ...(since === '' ? {} : { detail: `since run ${run}:\n${since}` }),
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
        return owner !== undefined && !plans.some(({ plan }) => plan === owner.plan);
      }),
    )
    .map(({ path }) => path);
}

function gaveBack({ run }: KeptRun, paths: readonly string[]): SetpointError {
  return new SetpointError(EXIT.refused, [
    {
      code: 'SP4272',
      severity: 'error',
      message: `run ${run} gave back what nobody manages any more: ${paths.join(', ')}`,
      help: `git revert the commit that removed them from the plans and apply; or put the files back: setpoint backup restore ${run}`,
    },
  ]);
}

/** The workspace whose plan it was; a plan that is gone since leaves only its items' owners. */
function workspaceOf({ plans, files }: RecordedState, { plan, run }: KeptRun): WorkspaceName {
  const record = plans.find((known) => known.plan === plan);
  if (record !== undefined) return record.workspace;
  for (const { items } of files.values()) {
    for (const item of Object.values(items)) if (item.run === run) return item.owner.workspace;
  }
  return '' as WorkspaceName;
}
