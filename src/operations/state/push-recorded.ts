import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { commitsBeyond } from '../../git/state-relation.ts';
import type { StateRemote } from '../../git/state-remote.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { CommitId } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { openRemote } from './open-remote.ts';
import { pushHead } from './push-head.ts';

/**
 * After runs, outside their transactions, under the run lock: the remote gets the commits that it has not got. The network is
 * used only when there are some. Gives warnings, never throws: whatever happens, the runs ended as they ended.
 */
export async function pushRecorded(
  session: Session,
  lock: HeldLock,
  config: WorkspaceConfig,
): Promise<readonly Diagnostic[]> {
  return asWarnings(async () => {
    const remote = openRemote(session, config, { lock });
    const head = remote === null ? null : await headToPush(session, remote);
    if (remote === null || head === null) return [];
    try {
      await pushHead(remote, head, session.hostName);
      return [];
    } catch (error) {
      if (!(error instanceof SetpointError)) throw error;
      const waiting = await commitsBeyond(remote.local, head, await remote.pushed());
      return error.diagnostics.map((one) => withWhatHappensNext(one, waiting));
    }
  });
}

/** The same for a command that had nothing else to do. Takes the run lock, when there is something to push. */
export async function pushOwed(
  session: Session,
  config: WorkspaceConfig,
): Promise<readonly Diagnostic[]> {
  return asWarnings(async () => {
    const remote = openRemote(session, config);
    if (remote === null || (await headToPush(session, remote)) === null) return [];
    return underRunLock(session, 'apply', (lock) => pushRecorded(session, lock, config));
  });
}

async function headToPush(session: Session, remote: StateRemote): Promise<CommitId | null> {
  const head = await openState(session).head();
  return head === (await remote.pushed()) ? null : head;
}

/** Only of a push that can work the next time; the others name their way out. */
function withWhatHappensNext(problem: Diagnostic, waiting: number): Diagnostic {
  const severity = 'warning';
  if (problem.code !== 'SP5080') return { ...problem, severity };
  const commits = waiting === 1 ? '1 commit waits' : `${String(waiting)} commits wait`;
  const help = `${commits} on this host; the next setpoint command that takes the run lock tries again, at once: setpoint state push`;
  return { ...problem, severity, help };
}

async function asWarnings(
  work: () => Promise<readonly Diagnostic[]>,
): Promise<readonly Diagnostic[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return error.diagnostics.map((one) => ({ ...one, severity: 'warning' as const }));
  }
}
