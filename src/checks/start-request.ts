import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { HttpCredentials } from './http-credentials.ts';

export interface Outgoing {
  readonly method: string;
  /** Beside the user agent, which they may replace. */
  readonly headers: Readonly<Record<string, string>>;
  /** `null` = none. */
  readonly body: string | null;
}

/**
 * The answer to one request over a connection of its own (a kept one would still lead to the old process), once its headers are there;
 * no redirect is followed, and proxy variables do not count. Rejects where there is none, and when the signal ends it. Node's HTTP
 * and TLS are loaded for the first request: a plan makes none.
 */
export async function startRequest(
  url: URL,
  { method, headers, body }: Outgoing,
  { secureContext, serverName, verify, token }: HttpCredentials,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const options: RequestOptions = {
    method,
    headers: { 'user-agent': 'setpoint', ...authorization, ...headers },
    agent: false,
    signal,
    ...(secureContext && { secureContext }),
    ...(serverName !== null && { servername: serverName }),
    rejectUnauthorized: verify,
  };
  const { request: begin } = await (url.protocol === 'http:'
    ? import('node:http')
    : import('node:https'));
  return new Promise((resolve, reject) => {
    const request = begin(url, options, resolve);
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}
