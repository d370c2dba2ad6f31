import { resolveHostName } from '../host/host-name.ts';
import { openHost } from '../host/open-host.ts';
import type { Millis } from '../model/brand.ts';
import type { Session, SessionOptions, UnnamedSession } from './session.ts';

const DEFAULT_LOCK_TIMEOUT = 5000 as Millis;

export interface OpenSessionOptions extends Omit<SessionOptions, 'lockTimeout'> {
  /** Milliseconds to wait for a lock; default 5 s. */
  readonly lockTimeout?: Millis | undefined;
}

/** Builds the real host for `options`. Throws SetpointError when the root does not exist. */
export async function openUnnamedSession(options: OpenSessionOptions): Promise<UnnamedSession> {
  const host = await openHost({ root: options.root, env: options.env });
  const lockTimeout = options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT;
  return { host, options: { ...options, lockTimeout } };
}

/** The same with the name of the host. Throws SetpointError, too, when that is missing or not valid. */
export async function openSession(options: OpenSessionOptions): Promise<Session> {
  const session = await openUnnamedSession(options);
  const { root } = session.host;
  const hostName = await resolveHostName({ flag: options.host, env: options.env, root });
  return { ...session, hostName };
}
