import { join } from 'node:path';

import { waitingRuns, type WaitingRun } from '../../apply/run/waiting-run.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { RUN_LOCK } from '../../host/lock-file.ts';
import type { HeldLock } from '../../host/ports.ts';
import { requirePrivateState } from '../../host/private-state.ts';
import { requireDependableState } from '../../host/state-file-system.ts';
import type { RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';

/** `<state-dir>/lock`: one run at a time per root. */
export function runLockFile(session: Session): RealPath {
  return join(session.host.stateDir, RUN_LOCK) as RealPath;
}

/** Runs `work` under the exclusive run lock. Throws SetpointError exit 5 naming the holder when it is not obtained in time, SP6065 and SP6023. */
export async function underRunLock<T>(
  session: Session,
  command: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  requireDependableState(session.host.stateDir);
  requirePrivateState(session.host);
  const lock = await session.host.locks
    .acquire(runLockFile(session), `setpoint ${command}`, session.options.lockTimeout)
    .catch((error: unknown) => {
      throw whatIsAwaited(session, error);
    });
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

/** A guardian that waits for a person holds the lock: to wait for it is to wait for an answer. */
function whatIsAwaited({ host }: Session, error: unknown): unknown {
  if (!(error instanceof SetpointError) || error.exitCode !== EXIT.locked) return error;
  const waiting = firstWaiting(host);
  if (waiting === null) return error;
  const { run } = waiting.journal.header;
  const { until } = waiting.proposal.confirmation;
  const help = `Run ${run} waits until ${until} for an answer: setpoint confirm ${run}, or setpoint confirm --reject ${run} takes it back now.`;
  return new SetpointError(
    error.exitCode,
    error.diagnostics.map((diagnostic) => ({ ...diagnostic, help })),
  );
}

function firstWaiting(host: Session['host']): WaitingRun | null {
  try {
    return waitingRuns(host)[0] ?? null;
  } catch (error) {
    // Journals that cannot be read are told by whoever has the lock.
    if (error instanceof SetpointError) return null;
    throw error;
  }
}
