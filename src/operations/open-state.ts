import { randomUUID } from 'node:crypto';

import type { StateRepository } from '../git/state-repository.ts';
import { openStateRepository } from '../git/state-repository.ts';
import type { HeldLock } from '../host/ports.ts';
import type { Session } from './session.ts';

/** The recorded state of the session's host. With a lock, git children inherit it. Creates nothing. */
export function openState(session: Session, lock?: HeldLock): StateRepository {
  return openStateRepository({
    stateDir: session.host.stateDir,
    host: session.hostName,
    newHostId: randomUUID,
    searchPath: session.options.env['PATH'],
    ...(lock === undefined ? {} : { lockFd: lock.fd }),
  });
}
