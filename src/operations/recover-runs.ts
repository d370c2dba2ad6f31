import { openJournals } from '../apply/journal-file.ts';
import { EXIT } from '../model/outcome.ts';
import type { RunEventListener } from '../model/run-event.ts';
import { tendBackups } from './backups/tend-backups.ts';
import type { RecoverResult } from './results.ts';
import { recoveryExitCode, settleRuns } from './running/settle-leftovers.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

/** Settles every open run. Exit 0 nothing to do or finished forward, 3 reverted, 4 needs a person, 5 lock not obtained. */
export async function recoverRuns(
  session: Session,
  listener: RunEventListener,
): Promise<RecoverResult> {
  if (openJournals(session.host.stateDir).length === 0) {
    return { recovered: [], problems: [], exitCode: EXIT.done };
  }
  return underRunLock(session, 'recover', async (lock) => {
    const { signal } = new AbortController();
    const ended = await settleRuns(session, lock, { listener, signal, retryFailed: true });
    const recovered = ended.map(({ report }) => report);
    const warnings = await tendBackups(session);
    const problems = [...ended.flatMap(({ diagnostics }) => diagnostics), ...warnings];
    return { recovered, problems, exitCode: recoveryExitCode(ended) };
  });
}
