import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../host/ports.ts';
import type { Millis } from '../model/brand.ts';
import type { ChangeSet } from '../model/change-set.ts';
import { EXIT } from '../model/outcome.ts';
import { tendBackups } from './backups/tend-backups.ts';
import { mirrorOwed, requireMirrorPlace } from './backups/update-mirror.ts';
import { planResult } from './plan-changes.ts';
import type { ComputedSet } from './planning/compute-change-set.ts';
import { requireFresh } from './planning/require-fresh.ts';
import type { ApplyResult } from './results.ts';
import type { ApplyOptions, HandOver } from './running/apply-options.ts';
import { computeRequested } from './running/compute-requested.ts';
import { executeParts } from './running/execute-parts.ts';
import { foreignState } from './running/foreign-state.ts';
import { requireComplete } from './running/require-complete.ts';
import { requireConfirmable, requireWaiter } from './running/require-confirmable.ts';
import { notApproved } from './running/not-approved.ts';
import { refuseBlocked } from './running/refuse-blocked.ts';
import { hasLeftovers, settleLeftovers } from './running/settle-leftovers.ts';
import { tendState } from './running/tend-state.ts';
import { underRunLock } from './running/under-run-lock.ts';
import { windowRuleOf } from './running/window-rule.ts';
import type { Session } from './session.ts';
import { pushOwed } from './state/push-recorded.ts';
import { refuseOlderCopy } from './state/refuse-older-copy.ts';
import { requireWindows } from './windows/require-window.ts';
import { waitForWindows } from './windows/wait-for-window.ts';

export type { ApplyOptions, HandOver };

/**
 * (wait for windows →) lock → recover leftovers → re-verify → one run per plan part, stopping at the first that does not end `applied`.
 * Throws SetpointError for refusals: 1 (not approved), 5 (lock), 6 (stale, dirty, diverged), 7 (held, outside of the change windows), 64, 65.
 */
export async function applyChanges(session: Session, options: ApplyOptions): Promise<ApplyResult> {
  requireWaiter(options);
  requireComplete(options);
  const settlesFirst = options.waitWindow !== undefined && hasLeftovers(session);
  if (settlesFirst) {
    // Nobody waits for a window while files stand half done.
    const left = await underRunLock(session, 'apply', (lock) =>
      settleFirst(session, lock, options),
    );
    if (left !== null) return left;
  }
  let approved: ChangeSet | null = null;
  if (!hasLeftovers(session)) {
    const preview = await previewAndApprove(session, options);
    if (preview.set.parts.length === 0) return nothingToDo(session, preview);
    approved = preview.set;
    await waitIfWanted(session, preview, options).catch((error: unknown) => {
      throw settlesFirst ? afterSettling(error, options.signal) : error;
    });
  }
  return underRunLock(session, 'apply', async (lock) => {
    const left = await settleFirst(session, lock, options);
    if (left !== null) return left;
    const computed = await computeRequested(session, options);
    await requireApproved(session, computed, approved, options);
    refuseBlocked(computed, options);
    requireInWindows(session, computed, options);
    if (computed.set.parts.length > 0) {
      await refuseOlderCopy(session, lock, computed.workspace.config);
    }
    const result = await executeParts(session, lock, computed, options);
    const { config } = computed.workspace;
    const warnings = [
      ...foreignState(session),
      ...(await tendState(session, lock, result.runs, config)),
    ];
    if (result.runs.some(({ outcome }) => outcome === 'applied')) {
      warnings.push(...(await tendBackups(session, config)));
    }
    return { ...result, problems: [...result.problems, ...warnings] };
  });
}

/** `null`: nothing was left open, or what was is finished, so that the own work may begin. */
async function settleFirst(
  session: Session,
  lock: HeldLock,
  options: ApplyOptions,
): Promise<ApplyResult | null> {
  const recovered = await settleLeftovers(session, lock, options);
  if (recovered === null) return null;
  // Its own work is not begun: what was shown or saved no longer holds on this host.
  const { set, workspace } = await computeRequested(session, options);
  const warnings = [
    ...(await tendState(session, lock, recovered.recovered, workspace.config)),
    ...(await tendBackups(session, workspace.config)),
  ];
  const problems = [...recovered.problems, ...foreignState(session), ...warnings];
  return { set, runs: [], ...recovered, problems, notRun: set.parts.map(({ plan }) => plan) };
}

/** Of a wait that was interrupted: that nothing was changed is not true of the run that was settled before it. */
function afterSettling(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted || error instanceof SetpointError) return error;
  const message = 'interrupted: a run that was left open is settled, nothing else was changed';
  const problem = { code: 'SP9011', severity: 'error', message } as const;
  return new SetpointError(EXIT.interrupted, [problem], { cause: error });
}

async function previewAndApprove(session: Session, options: ApplyOptions): Promise<ComputedSet> {
  const preview = await computeRequested(session, options);
  await requireMirrorPlace(session, preview.workspace.config.backups.mirror);
  if ('set' in options.source) await requireFresh(session, options.source.set, preview);
  refuseBlocked(preview, options);
  requireConfirmable(preview.set, options);
  if (options.waitWindow === undefined) requireInWindows(session, preview, options);
  const ask = preview.set.parts.length > 0 && !('set' in options.source);
  if (ask && !(await isApproved(session, preview, options))) throw notApproved();
  return preview;
}

/** All of them before the first: nobody wants half of a set because the second plan is closed. */
function requireInWindows(session: Session, computed: ComputedSet, options: ApplyOptions): void {
  const parts = computed.parts.map(({ part }) => part);
  requireWindows(session, parts, windowRuleOf(computed, options));
}

/** What was approved waits without the lock, and is planned again each time it could begin: files and windows may have changed. */
async function waitIfWanted(
  session: Session,
  preview: ComputedSet,
  options: ApplyOptions,
): Promise<void> {
  const { waitWindow: limit, offline, listener, signal } = options;
  if (limit === undefined || options.overrideWindow !== undefined) return;
  let computed = preview;
  const { clock } = session.host;
  const begun = clock.monotonic();
  const waitFor = ({ set, workspace }: ComputedSet): Promise<boolean> => {
    const { windows } = workspace.config;
    const waited = (clock.monotonic() - begun) as Millis;
    return waitForWindows(session, set, { windows, offline, limit, waited, listener, signal });
  };
  while (await waitFor(computed)) {
    computed = await computeRequested(session, options);
    refuseBlocked(computed, options);
  }
}

/** Under the lock: a saved set must still be exact; what a person approved must be what will run, or they are asked again. */
async function requireApproved(
  session: Session,
  computed: ComputedSet,
  approved: ChangeSet | null,
  options: ApplyOptions,
): Promise<void> {
  if ('set' in options.source) return requireFresh(session, options.source.set, computed);
  if (approved?.digest === computed.set.digest || computed.set.parts.length === 0) return;
  if (!(await isApproved(session, computed, options))) throw notApproved();
}

async function isApproved(
  session: Session,
  computed: ComputedSet,
  { approve }: ApplyOptions,
): Promise<boolean> {
  return approve(await planResult(session, computed, null));
}

async function nothingToDo(
  session: Session,
  { set, warnings, workspace }: ComputedSet,
): Promise<ApplyResult> {
  const owed = [
    ...(await pushOwed(session, workspace.config, 'apply')),
    ...(await mirrorOwed(session, workspace.config, 'apply')),
  ];
  const problems = [...warnings, ...foreignState(session), ...owed];
  return { set, runs: [], notRun: [], recovered: [], problems, exitCode: EXIT.done };
}
