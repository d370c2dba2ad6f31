import http from 'node:http';
import https from 'node:https';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Asks as a probe does: over a connection of its own, without credentials, the certificate not verified. Null when nobody answers. */
export function ask(url: string): Promise<Reply | null> {
  return new Promise((resolve) => {
    const options = {
      agent: false,
      rejectUnauthorized: false,
      signal: AbortSignal.timeout(2000),
    } as const;
    const request = (url.startsWith('https:') ? https : http).get(url, options, (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => (body += piece.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', () => resolve(null));
    });
    request.on('error', () => resolve(null));
  });
}
