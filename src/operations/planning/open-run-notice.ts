import { forPerson } from '../../apply/journal/for-person.ts';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { waitingRuns, type WaitingRun } from '../../apply/run/waiting-run.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { runLockFile } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';

/** What a plan made while a run is open has to say: its host is in the middle of something. */
export async function openRunNotices(session: Session): Promise<readonly Diagnostic[]> {
  const { stateDir } = session.host;
  const isForPerson = forPerson(stateDir);
  const open = openJournals(stateDir).filter((journal) => !isForPerson(journal));
  if (open.length === 0) return [];
  const [waiting] = waitingRuns(stateDir);
  if (waiting !== undefined) return [waitingNotice(waiting)];
  const runs = open.map(({ header }) => `${header.run} (plan ${header.plan})`).join(', ');
  const holder = await session.host.locks.holder(runLockFile(session));
  const living = `run ${runs} is at work (pid ${holder?.pid ?? 0}): this plan shows the host in the middle of it`;
  const dead = `run ${runs} was left open by a command that ended: this plan shows the host in the middle of it`;
  return [
    {
      code: 'SP3043',
      severity: 'error',
      message: holder === null ? dead : living,
      help:
        holder === null
          ? 'settle it first: setpoint recover (the next apply does the same and then stops)'
          : 'wait for it, then plan again',
    },
  ];
}

function waitingNotice({ journal, proposal }: WaitingRun): Diagnostic {
  const { run, plan } = journal.header;
  const { until } = proposal.confirmation;
  return {
    code: 'SP3043',
    severity: 'error',
    message: `run ${run} (plan ${plan}) waits until ${until} to be confirmed: this plan shows the host with its change`,
    help: `settle it first: setpoint confirm ${run} (or setpoint confirm --reject ${run})`,
  };
}
