import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { tellLostRecord } from '../state/lost-record.ts';
import { readRemote } from '../state/read-state.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import type { Finding } from './finding.ts';
import { doubtful, fine } from './finding.ts';

const NAME = 'remote';

/** Whether the remote has the recorded state, as far as is known here: it is asked only where nothing is recorded. */
export async function remoteFinding(session: Session): Promise<Finding> {
  // What is wrong with the recorded state is a finding of its own.
  const head = await openState(session)
    .head()
    .catch(() => undefined);
  if (head === undefined) return fine(NAME, 'not compared with the recorded state');
  const [lost] = await tellLostRecord(session, await configIfAny(session), head);
  if (lost !== undefined) return doubtful(NAME, lost.message, lost.help ?? '');
  const told = await readRemote(session, head);
  if (told === null) {
    return fine(
      NAME,
      'no workspace here names one (state.remote): what is recorded may be on this host only',
    );
  }
  const { remote, notPushed, blocked } = told;
  if (notPushed === 0) return fine(NAME, `${remote} has what is recorded`);
  const detail = `${remote} lacks ${notPushed} commits of the recorded state`;
  return blocked
    ? doubtful(NAME, `${detail}, and has something else`, 'setpoint state push tells what to do')
    : doubtful(NAME, detail, 'setpoint state push');
}
