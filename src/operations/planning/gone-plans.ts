import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { CommitId, PlanName, WorkspaceName, WorkspacePath } from '../../model/brand.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';

export interface GonePlans {
  /** Proven gone: they give everything back. */
  readonly released: readonly PlanRecord[];
  /** Missing without proof: said, and left alone. */
  readonly warnings: readonly Diagnostic[];
}

export interface GonePlansQuestion {
  readonly recorded: RecordedState;
  readonly workspace: WorkspaceName;
  /** Names of the plans that match this host. */
  readonly present: ReadonlySet<PlanName>;
  /** Names declared in the workspace for other hosts only: this host no longer matches. */
  readonly elsewhere: ReadonlySet<PlanName>;
  readonly planFiles: readonly WorkspacePath[];
  readonly repository: WorkspaceRepository | null;
  readonly head: CommitId | null;
}

/**
 * Which recorded plans of this workspace are to be released. A missing plan is released only when this checkout is complete
 * (it holds every plan file of its commit) and its history shows that the recorded plan file was there: an old, sparse or
 * half-edited checkout must not release what it does not see.
 */
export async function findGonePlans(question: GonePlansQuestion): Promise<GonePlans> {
  const released: PlanRecord[] = [];
  const warnings: Diagnostic[] = [];
  const missing = question.recorded.plans.filter(
    (record) => record.workspace === question.workspace && !question.present.has(record.plan),
  );
  if (missing.length === 0) return { released, warnings };
  const unseen = await unseenPlanFiles(question);
  for (const record of missing) {
    const doubt = question.elsewhere.has(record.plan)
      ? null
      : await doubtAbout(record, question, unseen);
    if (doubt === null) released.push(record);
    else warnings.push(notReleased(record, doubt));
  }
  return { released, warnings };
}

async function unseenPlanFiles(question: GonePlansQuestion): Promise<readonly WorkspacePath[]> {
  const { repository, head } = question;
  if (repository === null || head === null) return [];
  const committed = await repository.filesAt(head, 'plans');
  const seen = new Set(question.planFiles);
  return committed.filter((file) => /\.ya?ml$/.test(file) && !seen.has(file));
}

async function doubtAbout(
  record: PlanRecord,
  question: GonePlansQuestion,
  unseen: readonly WorkspacePath[],
): Promise<string | null> {
  const { repository, head } = question;
  if (repository === null || head === null)
    return 'the workspace has no git history that shows its deletion';
  if (unseen.length > 0) {
    return `this checkout lacks ${unseen.join(', ')}, which its commit has (a sparse checkout, or a deletion that is not committed)`;
  }
  if (record.commit === null) return 'it was applied from a workspace without a commit';
  const relation = await repository.relation(record.commit, head);
  if (relation === 'unknown')
    return 'this clone does not hold the commit it was applied from (fetch the history)';
  if (relation === 'diverged')
    return 'the commit it was applied from is not an ancestor of this one';
  const wasThere = await repository.existsAt(record.commit, record.file);
  return wasThere ? null : `${record.file} was never committed, so no history shows its deletion`;
}

function notReleased(record: PlanRecord, doubt: string): Diagnostic {
  return {
    code: 'SP3024',
    severity: 'warning',
    message: `plan ${record.plan} (${record.file}) is applied on this host but missing here; it is not released: ${doubt}`,
    help: 'bring the file back, or commit its deletion and plan in a full checkout',
  };
}
