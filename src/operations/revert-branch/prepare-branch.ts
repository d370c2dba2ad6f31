import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { errnoOf, stateError } from '../../git/state-error.ts';
import { workspaceCommits } from '../../git/workspace/workspace-commits.ts';
import { pushBranch, type PushPlace } from '../../git/workspace/workspace-remote.ts';
import { withWorkspaceWriter } from '../../git/workspace/workspace-writer.ts';
import type { CommitId } from '../../model/brand.ts';
import type { Variables } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { branchName } from './branch-ground.ts';
import type { BranchGround } from './branch-ground.ts';
import { changedInputs, isUnrecorded } from './changed-inputs.ts';
import { composeChanges } from './compose-changes.ts';
import { plansAt, type PlansAt } from './inputs-at.ts';
import { otherWorkspace, type PlanChange } from './recorded-before.ts';
import { requireCommits } from './require-commits.ts';
import type { RevertBranch } from './results.ts';
import { writeBranch } from './write-branch.ts';

export interface PreparedBranch {
  readonly branch: RevertBranch;
  readonly warnings: readonly Diagnostic[];
}

export interface BranchQuestion {
  readonly ground: BranchGround;
  readonly change: PlanChange;
  /** Those of the command line; null where they are not known: no run records them. */
  readonly vars: Variables | null;
  /** Ends a push. */
  readonly signal: AbortSignal;
}

/**
 * Makes a branch on the tip of the checkout that has the plan's files as before the run, and pushes it when that was asked for. Only
 * adds objects and that one reference to the repository. A push that fails is a warning. Throws SP4277, SP5034 and SP5035 (exit 7),
 * SP5036 (exit 6), SP5037 and SP5039 (exit 1), and as plansAt.
 */
export async function prepareBranch(
  session: Session,
  question: BranchQuestion,
): Promise<PreparedBranch> {
  try {
    return await prepared(session, question);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    throw stateError('SP5039', {
      message: `a branch needs temporary files: ${error instanceof Error ? error.message : ''}`,
      help: 'Remove the cause (disk space, permission, TMPDIR), then run the command again.',
      cause: error,
    });
  }
}

async function prepared(
  session: Session,
  { ground, change, vars, signal }: BranchQuestion,
): Promise<PreparedBranch> {
  const { repository, head, git, wish } = ground;
  const { env } = session.options;
  if (change.workspace !== ground.name) throw otherWorkspace(change, ground.name);
  const commits = workspaceCommits(repository.top, env);
  await requireCommits(commits, repository, change);
  const plans = once((commit: CommitId) => plansAt(session, ground, commit, vars));
  const { files: inputs, warnings } = await changedInputs({ change, head, commits, plans });
  const gitDir = await commits.gitDir();
  const place = { gitDir, searchPath: env['PATH'], caller: session.host.newOwner };
  const branch = await withWorkspaceWriter(place, async (writer) => {
    const unrecorded = (path: string) => isUnrecorded({ change, head, plans }, path);
    const composed = await composeChanges({
      commits,
      writer,
      head,
      change,
      unrecorded,
      files: inputs,
    });
    const name = branchName(wish, change.plan, change.run);
    const spec = { name, host: session.hostName, change, head, inputs, composed };
    return writeBranch({ git, commits, writer }, spec);
  });
  const sent = await pushed(session, ground, branch, { gitDir, signal });
  return { branch: sent.branch, warnings: [...warnings, ...sent.warnings] };
}

/** Two of the commits are often the same one. */
function once(
  read: (commit: CommitId) => Promise<PlansAt>,
): (commit: CommitId) => Promise<PlansAt> {
  const known = new Map<CommitId, Promise<PlansAt>>();
  return (commit) => {
    const plans = known.get(commit) ?? read(commit);
    known.set(commit, plans);
    return plans;
  };
}

async function pushed(
  session: Session,
  { repository: { top }, remote }: BranchGround,
  branch: RevertBranch,
  how: Pick<PushPlace, 'gitDir' | 'signal'>,
): Promise<PreparedBranch> {
  if (remote === null || branch.commit === null) return { branch, warnings: [] };
  const { commands, clock } = session.host;
  const place = { ...how, top, remote, env: session.options.env, commands, clock };
  try {
    await pushBranch(place, branch.name, branch.commit);
    return { branch: { ...branch, pushed: remote.name }, warnings: [] };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const warnings = error.diagnostics.map((one) => ({ ...one, severity: 'warning' as const }));
    return { branch: { ...branch, remote: remote.name }, warnings };
  }
}

/**
 * Why no branch could be prepared after something that matters more, as warnings. Not even a mistake of ours may change how that
 * ended. `again`: what is left to do.
 */
export function withoutBranch(error: unknown, again: string): readonly Diagnostic[] {
  const why = error instanceof Error ? error.message : String(error);
  const problems: readonly Diagnostic[] =
    error instanceof SetpointError
      ? error.diagnostics
      : [{ code: 'SP5039', severity: 'error', message: why }];
  return problems.map(({ message, help = '', ...one }) => ({
    ...one,
    severity: 'warning',
    message: `no branch was prepared: ${message}`,
    help: `${help}${help === '' ? '' : ' '}${again}`,
  }));
}
