import { existsSync } from 'node:fs';
import { needsPerson } from '../../apply/journal/for-person.ts';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { leftIn, setAside } from '../../apply/run/lost-objects.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
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
 * else is done). Throws SP5087 (exit 4) while a run needs a person or cannot be recorded any more, 5 lock not obtained, SP5088 (exit 64) without a remote.
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
    refuseUnrecordable(session, state);
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
  throw isOpen(
    `a run is open: ${runs}; it would be recorded on top of something else than it began with`,
    'setpoint recover',
  );
}

/** With the record everything is gone that an open run has prepared for it: to recover it again would never end. */
function refuseUnrecordable({ host }: Session, state: StateRepository): void {
  const open = openJournals(host);
  if (open.length === 0 || existsSync(state.dir)) return;
  const { stateDir } = host;
  const runs = open.map(({ header }) => header.run).join(', ');
  const aside = open.map(({ header }) => setAside(stateDir, header.run)).join(' && ');
  const left = leftIn({ stageDirectories: open.flatMap((run) => run.intent.stageDirectories) });
  const choose = open.some(needsPerson) ? ' (`setpoint recover --dry-run` shows the choices)' : '';
  throw isOpen(
    `run ${runs} is open, and what it would be recorded with was lost with the recorded state: nobody can record it any more`,
    `Settle its files first: \`setpoint recover\`${choose}. They stay as they are then, and the record of the remote does not know of it. Set it aside: \`${aside}\`, and run this command again.${left}`,
  );
}

function isOpen(message: string, help: string): SetpointError {
  return new SetpointError(EXIT.needsPerson, [
    { code: 'SP5087', severity: 'error', message, help },
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
