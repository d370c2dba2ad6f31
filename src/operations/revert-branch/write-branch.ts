import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { gitIdentity } from '../../git/workspace/git-identity.ts';
import type { UserGit } from '../../git/workspace/user-git.ts';
import type { WorkspaceCommits } from '../../git/workspace/workspace-commits.ts';
import type { BranchTip, WorkspaceWriter } from '../../git/workspace/workspace-writer.ts';
import type { CommitId, HostName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { planMessage, revertMessage } from './branch-message.ts';
import type { ChangedInputs } from './changed-inputs.ts';
import type { ComposedChanges } from './compose-changes.ts';
import type { PlanChange } from './recorded-before.ts';
import type { RevertBranch } from './results.ts';
import { same } from './way-back.ts';

export interface BranchSpec {
  readonly name: string;
  readonly host: HostName;
  readonly change: PlanChange;
  readonly head: CommitId;
  readonly inputs: ChangedInputs['files'];
  readonly composed: ComposedChanges;
}

export interface BranchTools {
  readonly git: UserGit;
  readonly commits: WorkspaceCommits;
  readonly writer: WorkspaceWriter;
}

/** Commits the changes on the head, in a new branch. The same branch may be there. Throws SP5034 (exit 7), SP5037, SP5039 (exit 1). */
export async function writeBranch(tools: BranchTools, spec: BranchSpec): Promise<RevertBranch> {
  const { git, commits, writer } = tools;
  const { name, head, composed } = spec;
  const { files } = composed;
  const branch = { name, onto: head, files, pushed: null };
  if (files.length === 0) return { ...branch, commit: null, created: false };
  const tree = await writer.tree(head, composed.entries);
  const tip = await writer.tipOf(name);
  if (tip !== null) {
    if (!isIt(tip, tree, head)) throw exists(name, tip);
    return { ...branch, commit: tip.commit, created: false };
  }
  const other = await writer.inTheWayOf(name);
  if (other !== null) throw inTheWay(name, other);
  const identity = await gitIdentity(git);
  const message = await messageOf(commits, spec);
  const commit = await writer.commit({ tree, parent: head, message, identity });
  await writer.createBranch(name, commit);
  return { ...branch, commit, created: true };
}

function isIt(tip: BranchTip, tree: string, head: CommitId): boolean {
  return tip.tree === tree && tip.parents.length === 1 && tip.parents[0] === head;
}

async function messageOf(commits: WorkspaceCommits, spec: BranchSpec): Promise<string> {
  const { change, host, inputs } = spec;
  if (!(await isRevertOfCommit(commits, change, inputs))) return planMessage(change, host);
  return revertMessage(await commits.subjectOf(change.applied), change);
}

/** Whether the applied commit changed just these files, from just what they become: then `git revert` makes the same. */
async function isRevertOfCommit(
  commits: WorkspaceCommits,
  { applied }: PlanChange,
  inputs: ChangedInputs['files'],
): Promise<boolean> {
  const [parent, ...more] = await commits.parentsOf(applied);
  if (parent === undefined || more.length > 0) return false;
  const changes = await commits.changes(parent, applied);
  return (
    changes.size === inputs.size &&
    [...changes].every(([path, old]) => {
      const versions = inputs.get(path);
      return versions !== undefined && same(versions.before, old);
    })
  );
}

function exists(name: string, { commit }: BranchTip): SetpointError {
  return taken(
    `the branch ${name} is there already, at ${commit.slice(0, 12)}, and is something else`,
  );
}

function inTheWay(name: string, other: string): SetpointError {
  return taken(`there is a branch ${other}, and git has no ${name} beside it`);
}

function taken(message: string): SetpointError {
  return new SetpointError(EXIT.refused, [
    {
      code: 'SP5034',
      severity: 'error',
      message,
      help: 'Give another name; a branch is never moved.',
    },
  ]);
}
