import { TRAILER, trailerValue } from '../../git/record/commit-message.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { CommitId, PlanName, WorkspaceName } from '../../model/brand.ts';
import type { RecordedState } from '../../model/recorded-state.ts';

/** A commit of the workspace that plans were applied from. */
export interface AppliedFrom {
  readonly commit: CommitId;
  readonly plans: readonly PlanName[];
}

/**
 * What a commit that acts has to follow. The last one that acted stands for all before it, also where its plan is gone by now: it
 * followed them, or a person allowed that it did not. Records of earlier versions do not tell it; then those of all plans count.
 */
export async function appliedCommits(
  state: Pick<StateRepository, 'lastApplied'>,
  recorded: RecordedState,
  workspace: WorkspaceName,
): Promise<readonly AppliedFrom[]> {
  const last = await state.lastApplied(workspace);
  const commit = trailerValue(last?.trailers ?? [], TRAILER.planCommit)?.replace('+dirty', '');
  if (last === null || commit === undefined) return commitsOfRecords(recorded, workspace);
  const plan = trailerValue(last.trailers, TRAILER.plan);
  return [{ commit: commit as CommitId, plans: plan === null ? [] : [plan as PlanName] }];
}

function commitsOfRecords(
  { plans }: Pick<RecordedState, 'plans'>,
  workspace: WorkspaceName,
): readonly AppliedFrom[] {
  const commits = new Map<CommitId, PlanName[]>();
  for (const record of plans) {
    if (record.workspace !== workspace || record.commit === null) continue;
    const names = commits.get(record.commit);
    if (names === undefined) commits.set(record.commit, [record.plan]);
    else names.push(record.plan);
  }
  return [...commits].map(([commit, names]) => ({ commit, plans: names }));
}

export interface StrayQuestion {
  readonly recorded: Pick<RecordedState, 'plans'>;
  readonly workspace: WorkspaceName;
  readonly repository: Pick<WorkspaceRepository, 'relation'> | null;
  readonly head: CommitId | null;
}

/** Plans that were applied from commits that this history does not have: whoever allows that has them recorded from this one. */
export async function strayPlans(question: StrayQuestion): Promise<ReadonlySet<PlanName>> {
  const { recorded, workspace, repository, head } = question;
  const stray = new Set<PlanName>();
  if (repository === null || head === null) return stray;
  for (const { commit, plans } of commitsOfRecords(recorded, workspace)) {
    const relation = await repository.relation(commit, head);
    if (relation === 'same' || relation === 'ancestor') continue;
    for (const plan of plans) stray.add(plan);
  }
  return stray;
}
