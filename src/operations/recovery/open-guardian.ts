import { join } from 'node:path';
import type { Guardian } from '../../apply/guardian/guardian.ts';
import { startGuardian } from '../../apply/guardian/start-guardian.ts';
import type { HeldLock } from '../../host/ports.ts';
import { runsSystemd, thisProgram } from '../../host/this-process.ts';
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
  const program = await placeProgram(stateDir);
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
