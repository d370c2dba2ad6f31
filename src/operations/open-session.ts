import { resolveHostName } from '../host/host-name.ts';
import { openHost } from '../host/open-host.ts';
import type { Session, SessionOptions } from './session.ts';

/** Builds the real host for `options`. Throws SetpointError when the root does not exist or the host name is not valid. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const host = await openHost({ root: options.root, env: options.env });
  const hostName = await resolveHostName({
    flag: options.host,
    env: options.env,
    root: host.root,
  });
  return { host, hostName, options };
}
