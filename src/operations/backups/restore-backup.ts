import type { StateRepository } from '../../git/state-repository.ts';
import type { Digest, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { GATE_DEFAULTS } from '../../plan/files/gate-defaults.ts';
import { carryOut, type ReturnOptions } from '../going-back/carry-out.ts';
import { openState } from '../open-state.ts';
import { notApproved } from '../running/not-approved.ts';
import { hasLeftovers, settleLeftovers } from '../running/settle-leftovers.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { requireRecord } from '../state/lost-record.ts';
import { filesNamed, findSnapshot } from './find-snapshot.ts';
import { planRestore, type PlannedRestore } from './plan-restore.ts';
import type { RestorePreview, RestoreResult } from './results.ts';
import type { Snapshot } from '../../model/backup.ts';

export interface RestoreOptions extends ReturnOptions {
  /** Id of the run whose files go back, or a unique prefix. */
  readonly run: string;
  /** Empty: every file of the run. */
  readonly paths: readonly HostPath[];
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: RestorePreview) => Promise<boolean>;
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
    const changes = planned.files.map(({ path }) => `< ${path} as before run ${snapshot.run}`);
    const record = { changes, plans: () => [] };
    const done = await carryOut(session, { lock, state }, planned, record, options);
    return { ...planned.preview, ...done, recovered: [] };
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

function nothingDone({ preview }: PlannedRestore): RestoreResult {
  return { ...preview, report: null, recovered: [], problems: [], exitCode: EXIT.done };
}
