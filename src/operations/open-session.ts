import type { Session, SessionOptions } from './session.ts';

/** Builds the real host for `options`. Throws SetpointError when the root does not exist or the host name is not valid. */
export function openSession(_options: SessionOptions): Promise<Session> {
  throw new Error('under construction');
}
