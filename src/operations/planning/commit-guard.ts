import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceRepository } from '../../git/workspace-repository.ts';
import type { CommitId, WorkspaceName, WorkspacePath } from '../../model/brand.ts';
import type { RecordedState } from '../../model/recorded-state.ts';

/** A reason why `apply` would refuse; `waivedBy` names the option that goes on all the same. */
export interface Blocker {
  readonly diagnostic: Diagnostic;
  readonly exitCode: 6 | 7;
  readonly waivedBy:
    | 'allow-dirty'
    | 'allow-diverged'
    | 'retry-held'
    | 'offline'
    | 'new-host'
    | null;
}

export interface CommitGuardQuestion {
  readonly repository: WorkspaceRepository | null;
  readonly head: CommitId | null;
  readonly dirty: readonly WorkspacePath[];
  readonly recorded: RecordedState;
  readonly workspace: WorkspaceName;
}

/** Which commit may act: HEAD must be, or descend from, every commit recorded for this workspace; its inputs must be clean. */
export async function guardCommit(question: CommitGuardQuestion): Promise<readonly Blocker[]> {
  const { repository, head, dirty } = question;
  if (repository === null || head === null) return [blocker('SP3023', noCommit(), null)];
  const blockers: Blocker[] = [];
  if (dirty.length > 0) {
    const message = `not committed: ${dirty.join(', ')}`;
    blockers.push(
      blocker('SP3022', { message, help: 'commit, or use --allow-dirty' }, 'allow-dirty'),
    );
  }
  for (const [commit, plans] of recordedCommits(question)) {
    if (commit === head) continue;
    const relation = await repository.relation(commit, head);
    if (relation === 'same' || relation === 'ancestor') continue;
    const shallow = relation === 'unknown' && (await repository.isShallow());
    const what = `${plans.join(', ')} was applied from ${commit.slice(0, 12)}`;
    blockers.push(
      relation === 'unknown'
        ? blocker('SP3021', unknown(what, shallow), 'allow-diverged')
        : blocker('SP3020', diverged(what, head), 'allow-diverged'),
    );
  }
  return blockers;
}

function recordedCommits({ recorded, workspace }: CommitGuardQuestion): Map<CommitId, string[]> {
  const commits = new Map<CommitId, string[]>();
  for (const record of recorded.plans) {
    if (record.workspace !== workspace || record.commit === null) continue;
    commits.set(record.commit, [...(commits.get(record.commit) ?? []), record.plan]);
  }
  return commits;
}

type Words = Pick<Diagnostic, 'message' | 'help'>;

function noCommit(): Words {
  return {
    message: 'the workspace has no git commit to record',
    help: 'git init && git add setpoint.yaml plans && git commit -m "first plan"',
  };
}

function unknown(what: string, shallow: boolean): Words {
  return {
    message: `${what}, which this ${shallow ? 'shallow ' : ''}clone does not know`,
    help: shallow
      ? 'fetch the history: git fetch --unshallow (in a pipeline: fetch-depth 0)'
      : 'fetch the branch that was applied, or use --allow-diverged --reason TEXT when its history was rewritten',
  };
}

function diverged(what: string, head: CommitId): Words {
  return {
    message: `${what}, which is not an ancestor of ${head.slice(0, 12)}: this checkout is older or on another branch`,
    help: 'update the checkout (git pull); to go back on purpose, git revert the change and apply that',
  };
}

function blocker(
  code: 'SP3020' | 'SP3021' | 'SP3022' | 'SP3023',
  words: Words,
  waivedBy: Blocker['waivedBy'],
): Blocker {
  return { diagnostic: { code, severity: 'error', ...words }, exitCode: 6, waivedBy };
}
