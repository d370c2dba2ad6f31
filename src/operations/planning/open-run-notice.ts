import { openJournals } from '../../apply/journal/journal-file.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LockHolderTold, OpenRunTold } from '../open-run-results.ts';
import { readOpenRuns } from '../running/open-runs.ts';
import type { Session } from '../session.ts';

/** What a plan made while a run is open has to say: its host is in the middle of something. */
export async function openRunNotices(session: Session): Promise<readonly Diagnostic[]> {
  // Most plans meet nothing open, and do not have to look at the lock.
  if (openJournals(session.host).length === 0) return [];
  const { holder, openRuns } = await readOpenRuns(session);
  // What needs a person is told at its files.
  const open = openRuns.filter(({ state }) => state !== 'revert-failed');
  if (open.length === 0) return [];
  const waiting = open.find(({ confirm }) => confirm !== undefined);
  const told = waiting === undefined ? null : waitingWords(waiting, holder !== null);
  return [{ code: 'SP3043', severity: 'error', ...(told ?? openWords(open, holder)) }];
}

type Words = Pick<Diagnostic, 'message' | 'help'>;

function openWords(open: readonly OpenRunTold[], holder: LockHolderTold | null): Words {
  const runs = open.map(({ run, plan }) => `${run} (plan ${plan})`).join(', ');
  if (holder !== null) {
    return {
      message: `run ${runs} is at work (${processWords(holder)}): this plan shows the host in the middle of it`,
      help: 'wait for it, then plan again',
    };
  }
  return {
    message: `run ${runs} was left open by a command that ended: this plan shows the host in the middle of it`,
    help: 'settle it first: setpoint recover (the next apply does the same and then stops); what it would do: setpoint recover --dry-run',
  };
}

/** Pid 0: somebody holds the lock, but nothing readable says who. */
function processWords({ pid, command }: LockHolderTold): string {
  return pid === 0 ? 'a process that is not known here' : `pid ${String(pid)}, ${command}`;
}

function waitingWords({ run, plan, confirm }: OpenRunTold, waited: boolean): Words | null {
  if (confirm === undefined) return null;
  const name = `run ${run} (plan ${plan})`;
  const shows = 'this plan shows the host with its change';
  if (waited) {
    return {
      message: `${name} waits until ${confirm.until} to be confirmed: ${shows}`,
      help: `settle it first: setpoint confirm ${run} (or setpoint confirm --reject ${run})`,
    };
  }
  const keep = confirm.left > 0 ? `setpoint confirm ${run} (keeps it), or ` : '';
  return {
    message: `${name} waits to be confirmed, but nobody waits for it any more: ${shows}`,
    help: `settle it first: ${keep}setpoint recover (takes it back)`,
  };
}
