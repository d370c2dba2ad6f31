import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CommitId } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { tellLostRecord } from '../state/lost-record.ts';
import { askRemote } from '../state/ask-remote.ts';
import { openRemote } from '../state/open-remote.ts';
import { readRemote, usable } from '../state/read-state.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import type { Finding } from './finding.ts';
import { doubtful, fine } from './finding.ts';

const NAME = 'remote';

/** Whether the remote has the recorded state and nothing else. It is asked. */
export async function remoteFinding(session: Session): Promise<Finding> {
  // What is wrong with the recorded state is a finding of its own.
  const head = await openState(session)
    .head()
    .catch(() => undefined);
  if (head === undefined) return fine(NAME, 'not compared with the recorded state');
  const config = await configIfAny(session);
  const [problem] =
    head === null
      ? await tellLostRecord(session, config, head)
      : await asked(session, config, head);
  if (problem !== undefined) return doubtful(NAME, problem.message, problem.help ?? '');
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

async function asked(
  session: Session,
  config: WorkspaceConfig | null,
  head: CommitId,
): Promise<readonly Diagnostic[]> {
  const remote = config === null ? null : usable(() => openRemote(session, config));
  return remote === null ? [] : (await askRemote(remote, session, head)).problems;
}
