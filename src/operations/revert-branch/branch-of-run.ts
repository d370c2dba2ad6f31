import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { EXIT } from '../../model/outcome.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import { openState } from '../open-state.ts';
import { findKeptRun } from '../reverting/kept-run.ts';
import type { RevertResult } from '../reverting/results.ts';
import type { Session } from '../session.ts';
import { requireRecord } from '../state/lost-record.ts';
import type { BranchGround } from './branch-ground.ts';
import { prepareBranch, withoutBranch } from './prepare-branch.ts';
import { changeOfKeptRun } from './recorded-before.ts';

type HostPart = Omit<RevertResult, 'branch'>;

/**
 * Adds the branch to a run that was taken back on the host. Whatever becomes of it, the exit code is the host's: what keeps it from
 * being prepared is a warning. Nothing is prepared where the host kept the run.
 */
export async function withBranch(
  session: Session,
  ground: BranchGround,
  done: HostPart,
  signal: AbortSignal,
): Promise<RevertResult> {
  const again = `Then: setpoint revert ${done.run} --branch NAME --branch-only`;
  if (!isTakenBack(done)) {
    const problems = [...done.problems, notTakenBack(done)];
    return { ...done, branch: null, problems };
  }
  try {
    const state = openState(session);
    const change = await changeOfKeptRun(state, await findKeptRun(state, done.run));
    const { branch, warnings } = await prepareBranch(session, {
      ground,
      change,
      vars: null,
      signal,
    });
    return { ...done, branch, problems: [...done.problems, ...warnings] };
  } catch (error) {
    return { ...done, branch: null, problems: [...done.problems, ...withoutBranch(error, again)] };
  }
}

/** `--branch-only`: nothing is done on the host, whose record is read. Throws SP4270 (exit 64), and as prepareBranch. */
export async function onlyBranch(
  session: Session,
  ground: BranchGround,
  named: string,
  signal: AbortSignal,
): Promise<RevertResult> {
  await requireRecord(session);
  const state = openState(session);
  // A red gate may have taken it back on the host, and the workspace still has it.
  const kept = await findKeptRun(state, named, { attempts: true });
  const change = await changeOfKeptRun(state, kept);
  const { branch, warnings } = await prepareBranch(session, { ground, change, vars: null, signal });
  const { plans } = await state.load();
  const record = recordOfPlan(plans, change);
  const { run, plan, at, planCommit } = kept;
  return {
    host: session.hostName,
    run,
    plan,
    at,
    planCommit,
    planFile: record?.file ?? null,
    undoes: false,
    holds: false,
    files: [],
    unchanged: [],
    warnings: [],
    gates: [],
    actions: [],
    report: null,
    recovered: [],
    problems: warnings,
    exitCode: EXIT.done,
    branch,
  };
}

/** Also when nothing of it was left. */
function isTakenBack({ report, recovered }: HostPart): boolean {
  return report === null ? recovered.length === 0 : report.outcome === 'applied';
}

function notTakenBack({ run }: HostPart): Diagnostic {
  return {
    code: 'SP4277',
    severity: 'warning',
    message: 'no branch was prepared: the run was not taken back on this host',
    help: `For the branch alone: setpoint revert ${run} --branch NAME --branch-only`,
  };
}
