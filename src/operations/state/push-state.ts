import type { Session } from '../session.ts';
import { NOTHING, underExchange } from './exchange.ts';
import { requireRecord } from './lost-record.ts';
import { pushHead } from './push-head.ts';
import type { StateExchangeResult } from './results.ts';

/**
 * `state push`: asks the remote even when it is known to have everything. Exit 0 also with nothing to push. Throws SP5080 (exit 1),
 * SP5082 to SP5086 (exit 6), and as underExchange.
 */
export function pushState(session: Session): Promise<StateExchangeResult> {
  return underExchange(session, 'state push', async ({ state, remote }) => {
    const head = await state.head();
    if (head === null) {
      await requireRecord(session);
      return NOTHING;
    }
    const { count, problems } = await pushHead(remote, head, session.hostName);
    return { did: count === 0 ? 'nothing' : 'pushed', pushed: count, problems };
  });
}
