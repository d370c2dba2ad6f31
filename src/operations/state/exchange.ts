import { openJournals } from '../../apply/journal/journal-file.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRemote } from '../../git/state-remote.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import type { HeldLock } from '../../host/ports.ts';
import { EXIT } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import { settleLeftovers } from '../running/settle-leftovers.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { requiredRemote } from './required-remote.ts';
import type { StateExchangeResult } from './results.ts';

/** What an exchange works with, under the run lock and with no run open. */
export interface Exchange {
  readonly session: Session;
  readonly state: StateRepository;
  readonly remote: StateRemote;
}

/** What it did. */
export type ExchangeEnd = Pick<StateExchangeResult, 'did' | 'pushed' | 'problems'>;

export const NOTHING: ExchangeEnd = { did: 'nothing', pushed: 0, problems: [] };

/**
 * Runs `work` under the run lock once no run is open: 3 or 4 when a run of a dead command had to be settled first (then nothing
 * else is done). Throws SP5087 (exit 4) while a run needs a person, 5 lock not obtained, SP5088 (exit 64) without a remote.
 */
export async function underExchange(
  session: Session,
  command: string,
  work: (exchange: Exchange) => Promise<ExchangeEnd>,
): Promise<StateExchangeResult> {
  return underRunLock(session, command, async (lock) => {
    const remote = await requiredRemote(session, lock);
    // A lost record comes back by this.
    const state = openState(session, lock, { lostIsNone: true });
    const { signal } = new AbortController();
    const settled = await settleLeftovers(session, lock, { listener: () => {}, signal });
    if (settled !== null) return resultOf(session, lock, remote, { ...NOTHING, ...settled });
    refuseOpenRuns(session);
    await state.clearStaleLocks();
    return resultOf(session, lock, remote, await work({ session, state, remote }));
  });
}

function refuseOpenRuns({ host }: Session): void {
  const open = openJournals(host);
  if (open.length === 0) return;
  const runs = open.map(({ header }) => header.run).join(', ');
  throw new SetpointError(EXIT.needsPerson, [
    {
      code: 'SP5087',
      severity: 'error',
      message: `a run is open: ${runs}; it would be recorded on top of something else than it began with`,
      help: 'setpoint recover',
    },
  ]);
}

async function resultOf(
  session: Session,
  lock: HeldLock,
  { address }: StateRemote,
  end: ExchangeEnd & Partial<Pick<StateExchangeResult, 'recovered' | 'exitCode'>>,
): Promise<StateExchangeResult> {
  const { head, files } = await openState(session, lock).load();
  return {
    host: session.hostName,
    remote: address.shown,
    branch: address.branch,
    head,
    files: files.size,
    recovered: [],
    exitCode: EXIT.done,
    ...end,
  };
}
