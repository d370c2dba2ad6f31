import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { relationTo } from '../../git/remote/state-relation.ts';
import type { HeldLock } from '../../host/ports.ts';
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
  try {
    const there = await remote.ask();
    const relation = there === null ? 'ahead' : await relationTo(remote.local, head, there);
    if (relation === 'same' || relation === 'ahead') return;
    throw await inTheWay(remote, head, session.hostName);
  } catch (error) {
    if (!(error instanceof SetpointError) || !error.diagnostics.every(isToldByPush)) throw error;
  }
}

function isToldByPush({ code }: SetpointError['diagnostics'][number]): boolean {
  return ['SP5080', 'SP5084', 'SP5086'].includes(code);
}
