import { executeRun } from '../../apply/run/execute-run.ts';
import { runFolder } from '../../apply/journal/run-folder.ts';
import type { RunContext, RunInput } from '../../apply/machine/run-input.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import type { HeldLock } from '../../host/ports.ts';
import { newRunId } from '../../host/run-id.ts';
import type { Snapshot } from '../../model/backup.ts';
import type { Digest, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { StateChange } from '../../model/state-change.ts';
import { GATE_DEFAULTS } from '../../plan/files/gate-defaults.ts';
import { observedState } from '../../plan/recording/next-state.ts';
import { openState } from '../open-state.ts';
import { openGuardian } from '../recovery/open-guardian.ts';
import { exitCodeOf } from '../running/execute-parts.ts';
import { notApproved } from '../running/not-approved.ts';
import { hasLeftovers, settleLeftovers } from '../running/settle-leftovers.ts';
import { tendState } from '../running/tend-state.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { filesNamed, findSnapshot } from './find-snapshot.ts';
import { planRestore, type PlannedFile, type PlannedRestore } from './plan-restore.ts';
import type { RestorePreview, RestoreResult } from './results.ts';
import { requireRecord } from '../state/lost-record.ts';
import { tendBackups } from './tend-backups.ts';

export interface RestoreOptions {
  /** Id of the run whose files go back, or a unique prefix. */
  readonly run: string;
  /** Empty: every file of the run. */
  readonly paths: readonly HostPath[];
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: RestorePreview) => Promise<boolean>;
  readonly allowUnhealthy: boolean;
  readonly offline: boolean;
  /** A process of its own takes the run back when this one is killed. */
  readonly guardian: boolean;
  readonly listener: RunEventListener;
  readonly signal: AbortSignal;
}

/**
 * Puts files back to what they were before one run: content, mode, owner; a file that was not there goes. It is a run like any
 * other: lock, leftovers, before-gates, journal, staging, commit point, gates of every plan that owns an item in the files,
 * decision, state commit, revert when one is red. Works without a workspace. Nothing to do: exit 0. Throws SetpointError
 * 1 (not approved, damaged backup), 5 (lock), 7 (not restorable), 64 (no such backup).
 */
export async function restoreBackup(
  session: Session,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const snapshot = findSnapshot(session, options.run);
  await requireRecord(session);
  let approved: Digest | null = null;
  if (!hasLeftovers(session)) {
    const planned = await planNow(session, snapshot, options, openState(session));
    if (planned.files.length === 0) return nothingDone(planned);
    if (!(await options.approve(planned.preview))) throw notApproved();
    approved = planned.digest;
  }
  return underRunLock(session, 'backup restore', async (lock) => {
    const settled = await settleLeftovers(session, lock, options);
    const state = openState(session, lock);
    const planned = await planNow(session, snapshot, options, state);
    // Its own work is not begun: what was shown no longer holds on this host.
    if (settled !== null) return { ...nothingDone(planned), ...settled };
    if (planned.files.length === 0) return nothingDone(planned);
    if (planned.digest !== approved && !(await options.approve(planned.preview))) {
      throw notApproved();
    }
    return execute(session, lock, state, planned, options);
  });
}

async function planNow(
  session: Session,
  snapshot: Snapshot,
  { paths, offline }: RestoreOptions,
  state: StateRepository,
): Promise<PlannedRestore> {
  const files = filesNamed(snapshot, paths);
  return planRestore(session, { snapshot, files, state, offline, defaults: GATE_DEFAULTS });
}

async function execute(
  session: Session,
  lock: HeldLock,
  state: StateRepository,
  planned: PlannedRestore,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const { listener, signal } = options;
  const { host } = session;
  const guardian = options.guardian ? await openGuardian(session, lock) : undefined;
  const context: RunContext = {
    host,
    state,
    listener,
    signal,
    lock,
    toolVersion: TOOL_VERSION,
    guardian,
  };
  const input = runInput(session, planned, await state.load(), options);
  const { report, refusal, diagnostics } = await executeRun(context, input);
  await guardian?.dismiss();
  const tended = await tendState(session, lock, [report]);
  const warnings =
    report.outcome === 'applied' ? [...tended, ...(await tendBackups(session))] : tended;
  return {
    ...planned.preview,
    report,
    recovered: [],
    problems: [...diagnostics, ...warnings],
    exitCode: exitCodeOf(report, refusal),
  };
}

function runInput(
  session: Session,
  { part, files, snapshot, kept, digest }: PlannedRestore,
  recorded: RecordedState,
  { offline, allowUnhealthy }: RestoreOptions,
): RunInput {
  const run = newRunId(session.host.clock);
  const images = new Map(files.map(({ path, before, after }) => [path, { before, after }]));
  return {
    run,
    part,
    set: {
      digest,
      host: session.hostName,
      workspace: snapshot.workspace,
      commit: null,
      dirty: [],
      actor: session.options.actor,
      toolVersion: TOOL_VERSION,
      overrides: [...(allowUnhealthy ? ['allow-unhealthy'] : []), ...(offline ? ['offline'] : [])],
    },
    images,
    recorded,
    kept: { files: files.flatMap((file) => restoredRecord(file, run)), plans: [] },
    // No hold: the next plan says what differs, and a person decides.
    reverted: { files: [], plans: [] },
    observed: observedState({ part, images, recorded }),
    // Nothing is taken from a checkout.
    workspaceDir: runFolder(session.host.stateDir, run).workspace,
    contents: kept.contents,
    changes: files.map(({ path }) => `< ${path} as before run ${snapshot.run}`),
    options: { offline, allowUnhealthy },
  };
}

/** The record follows the file; its items keep their owners and what they applied, so that the next plan sees the difference. */
function restoredRecord(
  { path, managed, wanted, after, original }: PlannedFile,
  run: RunInput['run'],
): StateChange['files'] {
  if (managed === undefined) return [];
  const copy = after.exists ? after.bytes : null;
  const pristine = managed.original.pristine && original;
  const next = { ...managed, state: wanted, lastRun: run };
  return [{ path, managed: { ...next, original: { ...managed.original, pristine } }, copy }];
}

function nothingDone({ preview }: PlannedRestore): RestoreResult {
  return { ...preview, report: null, recovered: [], problems: [], exitCode: EXIT.done };
}
