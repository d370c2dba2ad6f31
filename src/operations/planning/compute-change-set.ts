import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { KnownAnswers } from '../../git/workspace/known-answers.ts';
import { openWorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { CommitId, HostPath, PlanName, WorkspacePath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ChangeSet, ChangeSetMeta, PlanPart, PlanRequest } from '../../model/change-set.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { assembleChangeSet } from '../../plan/change-set/assemble.ts';
import type { PlannedParts } from '../../plan/difference/compute-parts.ts';
import { computeParts } from '../../plan/difference/compute-parts.ts';
import type { PlannedPart, PlannerInput } from '../../plan/difference/planner-input.ts';
import type { Session } from '../session.ts';
import { openState } from '../open-state.ts';
import { guardLostRecord } from '../state/lost-record.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { findRecordedFiles, type FoundFiles } from '../recorded-files/find-recorded-files.ts';
import { guardRecordedFiles, neededAsRecorded } from '../recorded-files/guard-recorded-files.ts';
import type { LoadedWorkspace } from '../workspace/load-workspace.ts';
import { loadWorkspace, resolveForHost } from '../workspace/load-workspace.ts';
import { workspaceInputs } from '../workspace/workspace-inputs.ts';
import { limitedPart, standingAt } from '../windows/plan-window.ts';
import type { PlanWindow } from '../windows/plan-window.ts';
import { appliedCommits, strayPlans } from './applied-commits.ts';
import type { Blocker } from './commit-guard.ts';
import { guardCommit } from './commit-guard.ts';
import { duplicatePodProblems } from './duplicate-pods.ts';
import { guardFailedRuns } from './failed-run-guard.ts';
import { findGonePlans } from './gone-plans.ts';
import type { Ground } from './ground.ts';
import { incomplete, openGround } from './open-ground.ts';
import { guardHolds } from './hold-guard.ts';
import { guardLinks } from './link-guard.ts';
import { trimmedFiles, unmanagedFiles } from './needed-history.ts';
import { guardOrder } from './order-guard.ts';
import { observeFiles } from './observe-files.ts';
import { placeProblems } from './place-problems.ts';
import { compileSchemas } from './compile-schemas.ts';
import { lookAround, notLookedAt } from './look-around.ts';
import { requireKnown } from './require-known.ts';
import { newCrontabs, ownCrontabsAmong } from './new-crontabs.ts';
import { unifiedDiffs } from './unified-diffs.ts';
import { cronAccounts } from './cron-accounts.ts';
import { unrunManifests } from './unrun-manifests.ts';

/** A change set with everything apply needs beside it. */
export interface ComputedSet {
  readonly set: ChangeSet;
  readonly parts: readonly PlannedPart[];
  readonly workspace: LoadedWorkspace;
  /** Every plan of the host, also those that were not asked for. */
  readonly plans: readonly ResolvedPlan[];
  /** A file by the name that plans use, as the set leaves it. */
  readonly leftAt: (declared: HostPath) => LeftFile | undefined;
  readonly state: StateRepository;
  readonly recorded: RecordedState;
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly Diagnostic[];
  /** When plans that windows concern may be applied, as it is now. */
  readonly windows: readonly PlanWindow[];
  /** Workspace files that its runs need as they were recorded. */
  readonly asRecorded: FoundFiles;
  /** How many items had drifted when the host was recorded, where only its record is looked at. */
  readonly drifted: number | undefined;
}

export interface LeftFile {
  readonly path: HostPath;
  readonly image: FileImage;
}

export interface Waived {
  /** A person allowed that the commit does not follow the recorded one: from now on it is the recorded one. */
  readonly allowDiverged?: boolean;
}

/**
 * load → validate → resolve → observe → diff. Reads the host and git, changes nothing, executes nothing a plan names.
 * Throws SetpointError 64 (no workspace, unknown plan) and 65 (invalid plan files, impossible edits) with every problem.
 */
export async function computeChangeSet(
  session: Session,
  request: PlanRequest,
  { allowDiverged = false }: Waived = {},
): Promise<ComputedSet> {
  const workspace = await loadWorkspace(session.options.cwd);
  const { plans, otherHosts } = resolveForHost(workspace, session.hostName, request.vars);
  const state = openState(session);
  const lookingAtGit = workspaceGit(session, workspace, plans);
  const [recorded, git] = await Promise.all([state.load(), lookingAtGit]);
  const lost = await guardLostRecord(session, workspace.config, recorded.head);
  const present = plans.map(({ name }) => name);
  const { released, warnings } = await findGonePlans({
    recorded,
    workspace: workspace.config.name,
    present: new Set(present),
    elsewhere: new Set(otherHosts.map((plan) => plan.name)),
    planFiles: workspace.planFiles,
    repository: git.repository,
    head: git.head,
  });
  requireKnown(namedIn(request), [...present, ...released.map(({ plan }) => plan)]);
  const ground = await openGround(session, workspace, state, { plans, released, recorded });
  const stray = { ...git, recorded, workspace: workspace.config.name };
  const rerecorded = allowDiverged ? await strayPlans(stray) : undefined;
  const material = { ...ground, workspace, state, request, rerecorded };
  const { parts: planned, inSync, links, unseen, leftAt } = await planParts(session, material);
  const parts = planned.map(({ part }) => part);
  const asRecorded = await filesAsRecorded(session, material, parts);
  const applied = await appliedCommits(state, recorded, workspace.config.name);
  const blockers = [
    ...lost,
    ...(await guardCommit({ ...git, applied })),
    ...links,
    ...guardHolds(parts, recorded, stray.workspace),
    ...guardOrder({ ...stray, parts, plans, request }),
    ...guardFailedRuns(session, parts),
    ...guardRecordedFiles(asRecorded.missing, parts, recorded.plans),
  ];
  const set = assembleChangeSet({
    host: session.hostName,
    workspace: workspace.config.name,
    request,
    parts,
    meta: { ...(await metaOf(session, git, planned)), inSync, ...incomplete(ground, request) },
  });
  const found = { workspace, plans, leftAt, state, recorded, drifted: ground.drifted };
  const told = toldBeside(session, workspace, { parts, warnings: [...warnings, ...unseen] });
  return { ...found, ...told, set, parts: planned, blockers, asRecorded };
}

function toldBeside(
  { host }: Session,
  { config, warnings: own }: LoadedWorkspace,
  { parts, warnings }: { readonly parts: readonly PlanPart[] } & Pick<ComputedSet, 'warnings'>,
): Pick<ComputedSet, 'windows' | 'warnings'> {
  const limited = parts.flatMap((part) => limitedPart(part, config.windows, false) ?? []);
  const windows = limited.map((one) => standingAt(one, host.clock.now()));
  return { windows, warnings: [...own, ...warnings] };
}

function namedIn({ plans, acknowledged = [] }: PlanRequest): readonly PlanName[] {
  return [...plans, ...acknowledged];
}

interface WorkspaceGit {
  readonly repository: WorkspaceRepository | null;
  readonly head: CommitId | null;
  readonly dirty: readonly WorkspacePath[];
}

/** A command plans before and under the lock; what no commit can change since is not asked twice. */
const answers = new WeakMap<Session, KnownAnswers>();

function answersOf(session: Session): KnownAnswers {
  const known = answers.get(session) ?? new Map();
  answers.set(session, known);
  return known;
}

async function workspaceGit(
  session: Session,
  workspace: LoadedWorkspace,
  plans: readonly ResolvedPlan[],
): Promise<WorkspaceGit> {
  const at = session.workspaceAt;
  const dir = at?.repository ?? workspace.dir;
  const repository = await openWorkspaceRepository(dir, session.options.env, answersOf(session));
  if (at !== undefined) return { repository, head: at.commit, dirty: [] };
  const head = repository?.head ?? null;
  if (repository === null || head === null) return { repository, head, dirty: [] };
  return { repository, head, dirty: await repository.dirtyAmong(workspaceInputs(plans)) };
}

interface PlanningMaterial extends Ground {
  readonly workspace: LoadedWorkspace;
  readonly state: StateRepository;
  readonly request: PlanRequest;
  readonly rerecorded: ReadonlySet<PlanName> | undefined;
}

interface GuardedParts extends PlannedParts {
  readonly links: readonly Blocker[];
  readonly unseen: readonly Diagnostic[];
  readonly leftAt: ComputedSet['leftAt'];
}

async function planParts(session: Session, material: PlanningMaterial): Promise<GuardedParts> {
  const { look, workspace, plans, released, recorded, state, request, rerecorded } = material;
  const observed = await observeFiles(look, plans, recorded, workspace.config.name);
  const links = guardLinks({ ...material, workspace: workspace.config.name, observed });
  const duplicates = await duplicatePodProblems(look, plans, observed);
  const looked = await lookAround(look, plans, observed, kindOf);
  const accounts = await accountsOf(session, material, observed);
  const input: PlannerInput = {
    host: session.hostName,
    workspace: workspace.config.name,
    plans,
    scope: request.plans,
    released,
    recorded,
    ...(rerecorded === undefined ? {} : { rerecorded }),
    acknowledged: request.acknowledged,
    observed,
    looked,
    schemas: await compileSchemas(plans),
    originals: await state.originalContents(
      trimmedFiles(recorded, workspace.config.name, plans, released, observed),
    ),
    formerRuns: await state.formerRuns(unmanagedFiles(recorded, observed)),
    newOwner: session.host.newOwner,
    registers: ownCrontabsAmong(session, observed),
    newFiles: await newCrontabs(session, material, observed),
    gateDefaults: workspace.config.gates,
    kindOf,
  };
  const parts = computeParts(input);
  const problems = [
    ...duplicates,
    ...accounts.filter(({ severity }) => severity === 'error'),
    ...(parts.ok ? await placesOf(session, parts.value, plans) : parts.diagnostics),
  ];
  if (!parts.ok || problems.length > 0) {
    // What a link leads to may be the very reason.
    const led = links.map(({ diagnostic }) => diagnostic);
    throw new SetpointError(EXIT.invalidPlan, [...led, ...problems]);
  }
  const files = parts.value.parts.flatMap(({ part }) => part.files);
  // What the kubelet of this machine runs says nothing of the host whose record is looked at.
  const unrun = session.from === undefined ? await unrunManifests(look, files) : [];
  const unseen = [...notLookedAt(looked, observed, parts.value.parts), ...unrun, ...accounts];
  const leftAt = (declared: HostPath): LeftFile | undefined => {
    const path = observed.get(declared)?.path ?? declared;
    const image = parts.value.left.get(path);
    return image === undefined ? undefined : { path, image };
  };
  return { ...parts.value, links, unseen, leftAt };
}

/** A record does not tell who has an account. */
async function accountsOf(
  { from, host }: Session,
  { look, plans, request }: PlanningMaterial,
  observed: Parameters<typeof cronAccounts>[2],
): Promise<readonly Diagnostic[]> {
  if (from !== undefined) return [];
  const asked = plans.filter(
    ({ name }) => request.plans.length === 0 || request.plans.includes(name),
  );
  return cronAccounts(look, asked, observed, host.newOwner.uid === 0);
}

/** A record does not tell where a file lies: apply looks at that on the host. */
async function placesOf(
  { from, host }: Session,
  { parts }: PlannedParts,
  plans: readonly ResolvedPlan[],
): Promise<readonly Diagnostic[]> {
  if (from !== undefined) return [];
  return placeProblems(
    host,
    parts.map(({ part }) => part),
    plans,
  );
}

function filesAsRecorded(
  session: Session,
  { workspace, plans, recorded, state }: PlanningMaterial,
  parts: readonly PlanPart[],
): Promise<FoundFiles> {
  const wanted = neededAsRecorded(parts, plans);
  const { readSource } = workspace;
  return findRecordedFiles(session, { wanted, records: recorded.plans, state, readSource });
}

async function metaOf(
  session: Session,
  git: WorkspaceGit,
  planned: readonly PlannedPart[],
): Promise<Omit<ChangeSetMeta, 'inSync'>> {
  return {
    commit: git.head,
    dirty: git.dirty,
    createdAt: session.host.clock.now().toISOString(),
    actor: session.options.actor,
    toolVersion: TOOL_VERSION,
    diffs: await unifiedDiffs(planned),
  };
}
