import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { relationTo } from '../../git/remote/state-relation.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { CommitId, HostName } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { openRemote } from './open-remote.ts';
import { inTheWay } from './push-head.ts';

/**
 * Before an apply records anything: an older copy of the record does not know what setpoint changed since, and would take that for
 * the original. Throws SP5085 (exit 6). A remote that cannot be asked, or has something else, hinders nobody: the push tells it.
 */
export async function refuseOlderCopy(
  session: Session,
  lock: HeldLock,
  config: WorkspaceConfig,
): Promise<void> {
  const remote = openRemote(session, config, { lock });
  const head = remote === null ? null : await openState(session).head();
  if (remote === null || head === null) return;
  const obstacle = await obstacleAt(remote, head, session.hostName);
  if (obstacle?.diagnostics.some(({ code }) => code === 'SP5085') === true) throw obstacle;
}

/** What keeps the record here from being pushed; null: nothing. */
async function obstacleAt(
  remote: StateRemote,
  head: CommitId,
  hostName: HostName,
): Promise<SetpointError | null> {
  try {
    const there = await remote.ask();
    const relation = there === null ? 'ahead' : await relationTo(remote.local, head, there);
    const hasAll = relation === 'same' || relation === 'ahead';
    return hasAll ? null : await inTheWay(remote, head, hostName);
  } catch (error) {
    if (error instanceof SetpointError) return error;
    throw error;
  }
}
