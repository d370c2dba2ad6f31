import { resolveHostName } from '../host/host-name.ts';
import { openHost } from '../host/open-host.ts';
import type { Session, SessionOptions, UnnamedSession } from './session.ts';

/** Builds the real host for `options`. Throws SetpointError when the root does not exist. */
export async function openUnnamedSession(options: SessionOptions): Promise<UnnamedSession> {
  const host = await openHost({ root: options.root, env: options.env });
  return { host, options };
}

/** The same with the name of the host. Throws SetpointError, too, when that is missing or not valid. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const session = await openUnnamedSession(options);
  const { root } = session.host;
  const hostName = await resolveHostName({ flag: options.host, env: options.env, root });
  return { ...session, hostName };
}
