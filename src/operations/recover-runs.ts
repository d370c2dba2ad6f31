import type { RunEventListener } from '../model/run-event.ts';
import type { RecoverResult } from './results.ts';
import type { Session } from './session.ts';

/** Settles every open run. Exit 0 nothing to do or finished forward, 3 reverted, 4 needs a person. */
export function recoverRuns(
  _session: Session,
  _listener: RunEventListener,
): Promise<RecoverResult> {
  throw new Error('under construction');
}
