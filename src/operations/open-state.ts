import { randomUUID } from 'node:crypto';

import { sshSigner } from '../git/record/commit-signature.ts';
import { stateMemory, type StateMemory } from '../git/record/state-memory.ts';
import type { StateRepository } from '../git/record/state-repository.ts';
import { openStateRepository } from '../git/record/state-repository.ts';
import type { StateRepositoryOptions } from '../git/record/state-repository.ts';
import type { HeldLock } from '../host/ports.ts';
import type { Session } from './session.ts';

/** A command plans before and under the lock; most often nothing was recorded between. */
const memories = new WeakMap<Session, StateMemory>();

function memoryOf(session: Session): StateMemory {
  const known = memories.get(session) ?? stateMemory();
  memories.set(session, known);
  return known;
}

/** The recorded state of the session's host. With a lock, git children inherit it. Creates nothing. */
export function openState(
  session: Session,
  lock?: HeldLock,
  options: Pick<StateRepositoryOptions, 'lostIsNone' | 'origin'> = {},
): StateRepository {
  return openStateRepository({
    stateDir: session.host.stateDir,
    host: session.hostName,
    newHostId: randomUUID,
    memory: memoryOf(session),
    signer: sshSigner(session.host.commands, session.options.env),
    origin: session.from?.origin,
    searchPath: session.options.env['PATH'],
    ...(lock === undefined ? {} : { lockFd: lock.fd }),
    ...options,
  });
}
