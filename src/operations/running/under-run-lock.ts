import { join } from 'node:path';

import { RUN_LOCK } from '../../host/lock-file.ts';
import type { HeldLock } from '../../host/ports.ts';
import { requirePrivateState } from '../../host/private-state.ts';
import { requireDependableState } from '../../host/state-file-system.ts';
import type { RealPath } from '../../model/brand.ts';
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
  const lock = await session.host.locks.acquire(
    runLockFile(session),
    `setpoint ${command}`,
    session.options.lockTimeout,
  );
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}
