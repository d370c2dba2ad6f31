import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { HeldLock } from '../../host/ports.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';
import { openRemote, PATIENT } from './open-remote.ts';

/** The remote for a command that is about nothing else. Throws SP5088 (exit 64) when there is none, and as loadWorkspaceConfig. */
export async function requiredRemote(session: Session, lock: HeldLock): Promise<StateRemote> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  const remote = openRemote(session, config, { lock, limit: PATIENT });
  if (remote !== null) return remote;
  throw new SetpointError(EXIT.usage, [
    {
      code: 'SP5088',
      severity: 'error',
      message: 'setpoint.yaml names no remote for recorded state',
      help: 'Add `state: {remote: ssh://git@host/state.git}` to it.',
    },
  ]);
}
