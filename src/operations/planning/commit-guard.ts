import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { CommitId, WorkspacePath } from '../../model/brand.ts';
import type { AppliedFrom } from './applied-commits.ts';

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
  readonly applied: readonly AppliedFrom[];
}

/** Which commit may act: HEAD must be, or descend from, what was applied last from this workspace; its inputs must be clean. */
export async function guardCommit(question: CommitGuardQuestion): Promise<readonly Blocker[]> {
  const { repository, head, dirty } = question;
  if (repository === null || head === null) return [blocker('SP3023', noCommit(), null)];
  const blockers: Blocker[] = [];
  if (dirty.length > 0) {
    const words = notCommitted(dirty, await repository.submodulesAround(dirty));
    blockers.push(blocker('SP3022', words, 'allow-dirty'));
  }
  for (const applied of question.applied) {
    const { commit } = applied;
    const relation = await repository.relation(commit, head);
    if (relation === 'same' || relation === 'ancestor') continue;
    const what = toldAs(applied);
    if (relation === 'unknown') {
      const words = unknown(what, await repository.isShallow());
      blockers.push(blocker('SP3021', words, 'allow-diverged'));
    } else {
      const older = (await repository.relation(head, commit)) === 'ancestor';
      const words = older ? behind(what, head) : diverged(what, head);
      blockers.push(blocker('SP3020', words, 'allow-diverged'));
    }
  }
  return blockers;
}

function toldAs({ plans, commit }: AppliedFrom): string {
  return `${plans.join(', ')} ${plans.length === 1 ? 'was' : 'were'} applied from ${commit.slice(0, 12)}`;
}

type Words = Pick<Diagnostic, 'message' | 'help'>;

function noCommit(): Words {
  return {
    message: 'the workspace has no git commit to record',
    help: 'git init && git add setpoint.yaml plans && git commit -m "first plan"',
  };
}

function notCommitted(dirty: readonly string[], submodules: readonly string[]): Words {
  const message = `not committed: ${dirty.join(', ')}`;
  if (submodules.length === 0) return { message, help: 'commit, or use --allow-dirty' };
  const names = submodules.join(', ');
  return {
    message: `${message} (in a submodule: ${names})`,
    help: `commit in the submodule and then its new commit here (git add ${submodules.map(quoteWord).join(' ')}), go back to the committed one (git submodule update --init), or use --allow-dirty`,
  };
}

function unknown(what: string, shallow: boolean): Words {
  return {
    message: `${what}, which this ${shallow ? 'shallow ' : ''}clone does not know`,
    help: shallow
      ? 'fetch the history: git fetch --unshallow (in a pipeline: fetch-depth 0)'
      : 'fetch (git pull, or the branch that was applied); where its history was rewritten (squash, rebase, forced push), say so once: --allow-diverged --reason TEXT',
  };
}

function behind(what: string, head: CommitId): Words {
  return {
    message: `${what}, and this checkout, ${head.slice(0, 12)}, is older`,
    help: 'update the checkout (git pull); to go back on purpose, git revert the change and apply that',
  };
}

function diverged(what: string, head: CommitId): Words {
  return {
    message: `${what}, which is not an ancestor of ${head.slice(0, 12)}: that is another branch, or history was rewritten (squash, rebase, forced push)`,
    help: 'merge or check out what was applied; where this branch has it as another commit, say so once: --allow-diverged --reason TEXT',
  };
}

function blocker(
  code: 'SP3020' | 'SP3021' | 'SP3022' | 'SP3023',
  words: Words,
  waivedBy: Blocker['waivedBy'],
): Blocker {
  return { diagnostic: { code, severity: 'error', ...words }, exitCode: 6, waivedBy };
}
