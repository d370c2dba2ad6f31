import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import { commitsBeyond } from '../../git/remote/state-relation.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { CommitId } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { openRemote } from './open-remote.ts';
import { pushHead } from './push-head.ts';

const NEXT =
  'the next setpoint command that takes the run lock tries again, at once: setpoint state push';

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
      return (await pushHead(remote, head, session.hostName)).problems;
    } catch (error) {
      if (!(error instanceof SetpointError)) throw error;
      const waiting = await commitsBeyond(remote.local, head, await remote.pushed());
      return error.diagnostics.map((one) => withWhatHappensNext(one, waiting));
    }
  });
}

/** The same for a command that does not hold the run lock (any more). Takes it when there is something to push. */
export async function pushOwed(
  session: Session,
  config: WorkspaceConfig | null,
  command: string,
): Promise<readonly Diagnostic[]> {
  return asWarnings(async () => {
    const remote = config === null ? null : openRemote(session, config);
    if (config === null || remote === null || (await headToPush(session, remote)) === null)
      return [];
    return underRunLock(session, command, (lock) => pushRecorded(session, lock, config));
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
  const help = `${commits} on this host; ${NEXT}`;
  return { ...problem, severity, help };
}

async function asWarnings(
  work: () => Promise<readonly Diagnostic[]>,
): Promise<readonly Diagnostic[]> {
  try {
    return await work();
  } catch (error) {
    const problems = error instanceof SetpointError ? error.diagnostics : [];
    if (problems.some(({ code }) => code.startsWith('SP508'))) {
      return problems.map((one) => ({ ...one, severity: 'warning' as const }));
    }
    // The lock of another command, a full disk, or a mistake of ours: none of them may change how the runs ended.
    const why = problems[0]?.message ?? (error instanceof Error ? error.message : String(error));
    const message = `recorded state was not pushed: ${withoutCredentials(why)}`;
    return [{ code: 'SP5080', severity: 'warning', message, help: NEXT }];
  }
}
