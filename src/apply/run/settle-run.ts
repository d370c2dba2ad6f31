import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ActionSpec } from '../../model/check.ts';
import type { Step } from '../../model/change-set.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { RevertCause } from '../machine/states.ts';
import type { DecisionKind } from '../journal/decision-kind.ts';
import { answerOf } from '../journal/answer.ts';
import { decide, readDecision, type Decision } from '../journal/decision.ts';
import { installFiles, syncInstalled } from '../files/install.ts';
import { isInstallable } from '../files/installable.ts';
import type { CommittedJournal } from '../journal/journal.ts';
import { changedPaths } from '../files/changed-paths.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { finishTransaction } from './finish-transaction.ts';
import { withdrawProposal } from '../journal/proposal.ts';
import { runActions, runActionsAgain } from './run-actions.ts';
import { auditHeadNow } from './run-audit.ts';
import { checkAfter, noteBeforeRevert, type KnownRun } from './run-checks.ts';
import { keptCommit, recordCommits, revertCommits, type CommitFacts } from './run-commits.ts';
import { sayWhyHeld } from './say-why-held.ts';
import { treesOnHead } from './trees-on-head.ts';
import { treesWithRenewed } from './trees-with-renewed.ts';
import { renewedFiles } from '../files/renewed.ts';
import { readVerification, writeVerification } from '../journal/verification.ts';

const DONE: ActionResult = { is: 'done' };

/** Puts the new file of one step in place. */
export async function installStep(run: OpenRun, index: number): Promise<ActionResult> {
  const journal = committed(run);
  const step = stepAt(journal, index);
  run.begunSteps = Math.max(run.begunSteps, index + 1);
  const files = journal.files.filter((file) => file.path === step.path);
  await installFiles(files);
  for (const { path, after } of files) {
    const removed = after === null ? { removed: true } : {};
    run.context.listener({ type: 'written', run: run.header.run, path, ...removed });
  }
  return DONE;
}

/** `onChange` of one step. */
export function actStep(run: OpenRun, index: number): Promise<ActionResult> {
  return runActions(run, stepAt(committed(run), index).onChange);
}

/** The gates of one step on its new file. */
export function checkStep(run: OpenRun, index: number): Promise<ActionResult> {
  return checkAfter(run, stepAt(committed(run), index).gates);
}

/** What was proven healthy must be what is there: a file or link changed during the gate wait is a conflict. */
export async function confirmFiles(run: OpenRun): Promise<ActionResult> {
  const changed = await changedPaths(committed(run).files, run.context.host.root);
  if (changed.length === 0) return DONE;
  const names = changed.join(', ');
  return { is: 'conflict', reason: `${names} was changed by somebody else while the run was open` };
}

/** Races for the decision and obeys the one that is there. */
export async function decideRun(
  run: OpenRun,
  wanted: DecisionKind,
  cause: RevertCause | null,
): Promise<ActionResult> {
  const decision = wanted === 'keep' ? await keepDecision(run) : await revertDecision(run, cause);
  // Set before the file is written: a full disk stops the file, not the revert.
  run.decision = decision;
  return obey(run, await decideOrObey(run, decision));
}

/** Goes by a decision that is there, whoever made it. */
export function obey(run: OpenRun, decision: Decision): ActionResult {
  run.decision = decision;
  if (run.journal?.confirmWithin !== undefined) run.answer = answerOf(run.folder, decision);
  const { decision: kind, reason } = decision;
  run.context.listener({ type: 'decided', run: run.header.run, decision: kind, reason });
  return { is: 'decided', decision: kind, reason };
}

/** The decision that keeps a run as it is now, with its commit. */
export async function keepDecision(
  run: OpenRun,
): Promise<Decision & { readonly decision: 'keep' }> {
  return {
    formatVersion: 1,
    decision: 'keep',
    reason: null,
    hold: false,
    at: run.context.host.clock.now().toISOString(),
    commits: [await keptCommit(run, await commitFacts(run), committed(run).trees)],
    checks: run.checks,
    processes: { processes: [] },
    acted: run.acted,
  };
}

/** The decision that takes a run back. `run`: what is known of it, also to who does not hold the lock. */
export async function revertDecision(
  run: KnownRun & Pick<Decision, 'checks' | 'acted'>,
  cause: RevertCause | null,
): Promise<Decision> {
  return {
    formatVersion: 1,
    decision: 'revert',
    reason: cause?.reason ?? null,
    hold: cause?.hold ?? false,
    at: run.context.host.clock.now().toISOString(),
    commits: [],
    checks: run.checks,
    processes: await noteBeforeRevert(run),
    acted: run.acted ?? [],
  };
}

/**
 * A revert that cannot be written (full disk) goes on without, but never against a decision that is there, and only once nobody
 * can confirm the run any more.
 */
async function decideOrObey({ folder }: OpenRun, wanted: Decision): Promise<Decision> {
  try {
    return await decide(folder, wanted);
  } catch (error) {
    if (wanted.decision === 'keep') throw error;
    withdrawProposal(folder);
    const present = readDecision(folder.decision);
    if (present === null) throw error;
    return present;
  }
}

/**
 * After `keep` every file gets its new state, unless somebody else has changed it since: that is drift, not ours. Then all of
 * them are made to last, also those that were in place: until now nothing has synced their directories. The files of a library's
 * transaction were in place at no time before, and no plan will ever show that one is missing: it tells.
 */
export async function finishFiles(run: OpenRun): Promise<ActionResult> {
  const { files, decided } = committed(run);
  if (decided !== undefined) return finishTransaction(run);
  await installFiles(files.filter(isInstallable));
  await syncInstalled(files);
  return DONE;
}

/** The commit of a kept run, as the decision says it. */
export async function recordKept(run: OpenRun): Promise<ActionResult> {
  const { trees, decided } = committed(run);
  // The recorded state knows nothing of it: nothing is missing there.
  if (decided !== undefined) run.recorded = true;
  else await recordCommits(run, run.decision?.commits ?? [], trees.parent);
  return DONE;
}

/** `onChange` again, on the old files, of every step whose file may have been new. Never interrupted. */
export function actAgain(run: OpenRun): Promise<ActionResult> {
  const steps = committed(run).steps.slice(0, run.begunSteps);
  const actions: readonly ActionSpec[] = steps.flatMap((step) => step.onChange);
  return runActionsAgain(run, actions);
}

/** Two commits, the attempt and its revert; written down first, so that a second try makes the same ones. */
export async function recordReverted(run: OpenRun): Promise<ActionResult> {
  run.renewed = renewedFiles(committed(run).files).map(({ path }) => path);
  let known = readVerification(run.folder.verification);
  if (known === null) {
    const { reason, hold } = run.decision ?? { reason: null, hold: false };
    const cause = { reason: reason ?? 'it was decided to revert', hold };
    const prepared = await treesWithRenewed(run, await treesOnHead(run));
    const held = hold ? await sayWhyHeld(run, prepared.held, cause.reason) : prepared.held;
    const trees = { ...prepared, held };
    const commits = await revertCommits(run, await commitFacts(run), trees, cause);
    known = { formatVersion: 1, commits, checks: run.checks };
    await writeVerification(run.folder.verification, known);
  }
  if (run.checks.length === 0) run.checks.push(...known.checks);
  await recordCommits(run, known.commits, known.commits[0]?.parent ?? null);
  return DONE;
}

async function commitFacts(run: OpenRun): Promise<CommitFacts> {
  const date = Math.floor(run.context.host.clock.now().getTime() / 1000);
  return { header: run.header, checks: run.checks, auditHead: await auditHeadNow(run), date };
}

function stepAt(journal: CommittedJournal, index: number): Step {
  const step = journal.steps[index];
  if (step === undefined) throw new TypeError(`the run has no step ${String(index)}`);
  return step;
}

/** The trouble that an exception of an action means. Anything but a known error is a bug and named so. */
export function troubleOf(run: OpenRun, error: unknown): ActionResult {
  if (error instanceof SetpointError) {
    run.diagnostics.push(...error.diagnostics);
    const reason = error.diagnostics.map(({ code, message }) => `${message} (${code})`).join('; ');
    return { is: error.exitCode === 6 ? 'conflict' : 'failed', reason };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { is: 'failed', reason: `internal error: ${message}` };
}
