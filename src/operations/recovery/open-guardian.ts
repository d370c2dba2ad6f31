import { join } from 'node:path';
import type { Guardian } from '../../apply/guardian/guardian.ts';
import { startGuardian } from '../../apply/guardian/start-guardian.ts';
import type { HeldLock } from '../../host/ports.ts';
import { runsSystemd, thisProgram } from '../../host/this-process.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Session } from '../session.ts';
import { guardianEnvironment } from './guardian-environment.ts';
import { placeProgram } from './place-program.ts';

/**
 * Starts the guardian of one command, which holds the run lock. It becomes ready while the gates before the change are judged.
 * Errors: SP4231, SP601x (exit 1) when its program cannot be placed; see Guardian for the rest.
 */
export async function openGuardian(
  { host, hostName, options }: Session,
  lock: HeldLock,
): Promise<Guardian> {
  const { stateDir, root } = host;
  const program = await placeProgram(host);
  return startGuardian({
    node: thisProgram(),
    program,
    root: root.dir,
    hostName,
    stateDir,
    lockFd: lock.fd,
    logPath: join(stateDir, 'guardian.log'),
    env: guardianEnvironment(options.env),
    scope: host.newOwner.uid === 0 && runsSystemd(),
  });
}

export interface PerhapsGuarded {
  /** Ready; null when it could not start. */
  readonly guardian: Guardian | null;
  readonly problems: readonly Diagnostic[];
}

/**
 * The guardian of a command that settles what a person chose. Without one it goes on all the same, with a warning: what stops a
 * guardian (a full disk) must not stop the repair, and a choice that is cut off is carried out by the next command.
 */
export async function openGuardianIfPossible(
  session: Session,
  lock: HeldLock,
): Promise<PerhapsGuarded> {
  try {
    const guardian = await openGuardian(session, lock);
    await guardian.ready();
    return { guardian, problems: [] };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { guardian: null, problems: error.diagnostics.map(unguarded) };
  }
}

function unguarded({ code, message }: Diagnostic): Diagnostic {
  const help =
    'Should this command die, the next one (or `setpoint recover`) carries the choice out.';
  return { code, severity: 'warning', message, help };
}
