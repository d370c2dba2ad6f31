import type { StateRepository } from '../../git/record/state-repository.ts';
import type { Digest } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { RestoreResult } from '../backups/results.ts';
import { openState } from '../open-state.ts';
import { notApproved } from '../running/not-approved.ts';
import { hasLeftovers, settleLeftovers } from '../running/settle-leftovers.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { requireRecord } from '../state/lost-record.ts';
import { carryOut, type ReturnOptions, type ReturnRecord } from './carry-out.ts';
import type { PlannedReturn } from './compose-return.ts';

export interface ApprovedReturn<Preview, Planned extends PlannedReturn> {
  /** The command, for whoever meets its lock. */
  readonly command: string;
  readonly plan: (state: StateRepository) => Promise<Planned & { readonly preview: Preview }>;
  readonly record: (
    planned: Planned & { readonly preview: Preview },
    recorded: RecordedState,
  ) => ReturnRecord;
  /** Throws when it must not be done now; asked before a person is, and once more under the lock. Absent: it may be done at any time. */
  readonly allowed?: (planned: Planned & { readonly preview: Preview }) => Promise<void>;
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: Preview) => Promise<boolean>;
}

export type Returned = Pick<RestoreResult, 'report' | 'recovered' | 'problems' | 'exitCode'>;

/**
 * Plans, asks, then carries out under the run lock what is planned again there. Nothing to do: exit 0, no lock is taken. Open runs
 * of dead commands are settled first; when that changed the host, nothing else is begun (3 or 4). Throws 1 (not approved), 5 (lock).
 */
export async function returnApproved<Preview extends object, Planned extends PlannedReturn>(
  session: Session,
  { command, plan, record, allowed, approve }: ApprovedReturn<Preview, Planned>,
  options: ReturnOptions,
): Promise<Preview & Returned> {
  await requireRecord(session);
  let approved: Digest | null = null;
  if (!hasLeftovers(session)) {
    const first = await plan(openState(session));
    const { preview, files, digest } = first;
    if (files.length === 0) return { ...preview, ...NOTHING };
    await allowed?.(first);
    if (!(await approve(preview))) throw notApproved();
    approved = digest;
  }
  return underRunLock(session, command, async (lock) => {
    const settled = await settleLeftovers(session, lock, options);
    const state = openState(session, lock);
    const planned = await plan(state);
    const { preview, files, digest } = planned;
    // Its own work is not begun: what was shown no longer holds on this host.
    if (settled !== null) return { ...preview, ...NOTHING, ...settled };
    if (files.length === 0) return { ...preview, ...NOTHING };
    if (digest !== approved && !(await approve(preview))) throw notApproved();
    const recorded = await state.load();
    await allowed?.(planned);
    const done = await carryOut(
      session,
      { lock, state },
      planned,
      record(planned, recorded),
      options,
    );
    return { ...preview, ...done, recovered: [] };
  });
}

const NOTHING: Returned = { report: null, recovered: [], problems: [], exitCode: EXIT.done };
