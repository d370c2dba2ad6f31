import { applyChanges, type ApplyOptions } from './apply-changes.ts';
import { openState } from './open-state.ts';
import type { ApplyResult } from './results.ts';
import type { Session } from './session.ts';
import {
  requireBranchGround,
  type BranchGround,
  type BranchWish,
} from './revert-branch/branch-ground.ts';
import { prepareBranch, withoutBranch } from './revert-branch/prepare-branch.ts';
import { changeFrom } from './revert-branch/recorded-before.ts';

/**
 * applyChanges; when it ends with a plan whose gates, audits or actions took it back, prepares the branch that takes its change back in
 * the workspace. Not when a person interrupted it. What keeps the branch from being prepared is a warning. Throws as applyChanges, and
 * as requireBranchGround before anything is done.
 */
export async function applyWithBranch(
  session: Session,
  options: ApplyOptions,
  wish: BranchWish | null,
): Promise<ApplyResult> {
  if (wish === null) return applyChanges(session, options);
  const ground = await requireBranchGround(session, wish);
  const result = await applyChanges(session, options);
  const { signal } = options;
  return signal.aborted ? { ...result, branch: null } : branchOf(session, ground, result, signal);
}

async function branchOf(
  session: Session,
  ground: BranchGround,
  result: ApplyResult,
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { set, runs } = result;
  const reverted = runs.find(({ outcome }) => outcome === 'reverted');
  if (reverted === undefined) return { ...result, branch: null };
  const { run, plan } = reverted;
  const { workspace, meta, request } = set;
  const again = `Then: setpoint revert ${run} --branch NAME --branch-only`;
  const planCommit = `${meta.commit ?? ''}${meta.dirty.length > 0 ? '+dirty' : ''}`;
  try {
    const state = openState(session);
    const retires = set.parts.find((part) => part.plan === plan)?.retires ?? [];
    const applied = { run, plan, workspace, planCommit, retires };
    // The record of its plan is as it was, but for a hold.
    const change = await changeFrom(state, applied, await state.head());
    const { branch, warnings } = await prepareBranch(session, {
      ground,
      change,
      vars: request.vars,
      signal,
    });
    return { ...result, branch, problems: [...result.problems, ...warnings] };
  } catch (error) {
    return {
      ...result,
      branch: null,
      problems: [...result.problems, ...withoutBranch(error, again)],
    };
  }
}
