import type { RunPart } from '../../apply/machine/run-input.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type {
  Digest,
  HostPath,
  PlanName,
  WorkspaceName,
  WorkspacePath,
} from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import { executedBySteps, recordedFiles } from '../../plan/difference/referenced-files.ts';
import { owningPlans, restorePlanGates, restoreStep } from '../backups/restored-gates.ts';
import type { RestorePreview } from '../backups/results.ts';
import { placeProblems } from '../planning/place-problems.ts';
import { findRecordedFiles, type FoundFiles } from '../recorded-files/find-recorded-files.ts';
import { isForGatesOnly } from '../recorded-files/guard-recorded-files.ts';
import { missingFile } from '../recorded-files/missing-file.ts';
import type { Session } from '../session.ts';
import { sourceOfWorkspace } from '../workspace/read-source.ts';
import { judgeReachReturned } from './judge-reach.ts';
import { judgeReturned } from './judge-returned.ts';
import { fileChangeOf, previewOf, sameState, type ReturnedFile } from './returned-file.ts';

export interface ReturnQuestion {
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
  readonly all: readonly ReturnedFile[];
  /** What makes its digest another one than that of any plan. */
  readonly inputs: (paths: readonly HostPath[]) => Digest;
  readonly recorded: RecordedState;
  readonly state: StateRepository;
  /** No gates are asked: what only they need may be gone. */
  readonly offline: boolean;
  readonly defaults: GateDefaults;
  /** Plans whose work may be taken back although no restored file does that; absent: none. */
  readonly acknowledged?: readonly PlanName[] | undefined;
}

/** Files on their way back as one run: computed for the preview, and again under the lock. */
export interface PlannedReturn {
  readonly workspace: WorkspaceName;
  readonly part: RunPart;
  readonly files: readonly ReturnedFile[];
  /** Files that are already as they shall be. */
  readonly unchanged: readonly HostPath[];
  readonly kept: FoundFiles;
  /** What people have to know of the contents that return. */
  readonly told: readonly Diagnostic[];
  /** Over all that it does and depends on. */
  readonly digest: Digest;
}

/**
 * Makes one run of files that go back, with the gates and actions that every plan recorded which owns an item in them. Changes
 * nothing. Throws SP606x (exit 7) for places that must not be written, SP3044 (exit 7) for scripts that are gone, SP2120 (exit 7) for what
 * no restored file takes back and nobody acknowledged, SP2084 and SP2085 (exit 7) for what flags of manifests that stay need.
 */
export async function composeReturn(
  session: Session,
  question: ReturnQuestion,
): Promise<PlannedReturn> {
  const { all, recorded, workspace } = question;
  const files = all.filter(({ live, wanted }) => !sameState(live, wanted));
  const plans = owningPlans(files, recorded);
  const { part, kept } = await partOf(session, question, files, plans);
  const needed = kept.missing.filter((file) => !question.offline || !isForGatesOnly(file, [part]));
  const reached = await judgeReachReturned(session.host, files, question);
  const told = [...judgeReturned(files, question), ...reached];
  const refusals = [
    ...told.filter(({ severity }) => severity === 'error'),
    ...(await placeProblems(session.host, [part], [])),
    ...needed.map((file) => missingFile(file, plans)),
  ];
  if (refusals.length > 0) throw new SetpointError(EXIT.refused, refusals);
  const unchanged = all.filter((file) => !files.includes(file)).map(({ path }) => path);
  const digest = digestOf({ host: session.hostName, part, wanted: files.map((f) => f.wanted) });
  return { workspace, part, files, unchanged, kept, told, digest };
}

/** As the person who approves it sees it. */
export async function previewOfReturn(
  { hostName }: Session,
  { files, unchanged, told, part: { steps, gates } }: PlannedReturn,
): Promise<Omit<RestorePreview, 'snapshot' | 'unmanaged'>> {
  return {
    host: hostName,
    files: await Promise.all(files.map(previewOf)),
    unchanged,
    gates: [...steps.flatMap((step) => step.gates), ...gates].map(({ id }) => id),
    warnings: told.map(({ message }) => message),
    actions: steps.flatMap(({ onChange }) => onChange.map(({ run }) => run)),
  };
}

async function partOf(
  session: Session,
  { plan, workspace, all, inputs, state, defaults }: ReturnQuestion,
  files: readonly ReturnedFile[],
  plans: readonly PlanRecord[],
): Promise<Pick<PlannedReturn, 'part' | 'kept'>> {
  const steps = files.map((file) => restoreStep(file, file.original, plans, defaults));
  const gates = restorePlanGates(
    plans,
    files.every(({ original }) => original),
  );
  const wanted = recordedFiles(plans, executedBySteps(steps, gates));
  const kept = await findRecordedFiles(session, {
    wanted,
    records: plans,
    state,
    readSource: await sourceOfWorkspace(session.options.cwd),
  });
  const own = recordOfPlan(plans, { workspace, plan });
  const part: RunPart = {
    plan,
    file: (own?.file ?? '') as WorkspacePath,
    operation: 'restore',
    inputDigest: inputs(files.map(({ path }) => path)),
    items: [],
    files: files.map(fileChangeOf),
    steps,
    gates,
    workspaceFiles: wanted.filter((file) => !kept.missing.includes(file)),
    record: { files: {}, plan: [] },
    retires: [],
    unchanged: all.length - files.length,
    warnings: [],
  };
  return { part, kept };
}
