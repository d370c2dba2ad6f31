import { forPerson } from '../../apply/journal/for-person.ts';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { timeLeft } from '../../apply/journal/proposal.ts';
import { waitingRuns } from '../../apply/run/waiting-run.ts';
import type { Millis } from '../../model/brand.ts';
import type { LockHolderTold, OpenRunTold } from '../open-run-results.ts';
import type { Session } from '../session.ts';
import { runLockFile } from './under-run-lock.ts';

export interface OpenRuns {
  /** The living process whose work open runs are; `null`: nobody works. */
  readonly holder: LockHolderTold | null;
  readonly openRuns: readonly OpenRunTold[];
}

/**
 * Runs that are open, and who works on them. Takes no lock. The lock is looked at first, so that a run which ends in between is
 * told as running; and again when runs are open, so that one which begins in between is not told as left open.
 */
export async function readOpenRuns(session: Session): Promise<OpenRuns> {
  const before = await lockHolder(session);
  const openRuns = listOpenRuns(session);
  const holder = before ?? (openRuns.length === 0 ? null : await lockHolder(session));
  return { holder, openRuns };
}

/** Without what the lock file says for machines. */
async function lockHolder(session: Session): Promise<LockHolderTold | null> {
  const holder = await session.host.locks.holder(runLockFile(session));
  if (holder === null) return null;
  const { pid, command, run, since } = holder;
  return { pid, command, run, since };
}

/** Without a look at who works on them. */
export function listOpenRuns({ host }: Session): readonly OpenRunTold[] {
  const waiting = new Map(waitingRuns(host).map((run) => [run.journal.header.run, run]));
  const isForPerson = forPerson(host.stateDir);
  return openJournals(host).map((journal) => {
    const { run, plan } = journal.header;
    const waits = waiting.get(run);
    if (waits === undefined) {
      const failed = isForPerson(journal);
      const blocks = failed ? journal.files.map(({ path }) => path) : [];
      return { run, plan, state: failed ? 'revert-failed' : journal.phase, blocks };
    }
    const left = Math.max(0, Math.round(timeLeft(waits.proposal, host))) as Millis;
    const confirm = { until: waits.proposal.confirmation.until, left };
    return { run, plan, state: 'awaiting-confirmation', blocks: [], confirm };
  });
}
