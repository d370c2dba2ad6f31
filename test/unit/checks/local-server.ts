import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import http from 'node:http';
import type { ServerOptions } from 'node:https';
import https from 'node:https';
import type { AddressInfo, Server as TcpServer } from 'node:net';

export interface LocalServer {
  readonly port: number;
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** TCP connections accepted. */
  connections: number;
  close(): Promise<void>;
}

/** An http server, or an https server when `tls` is given, on a free port of 127.0.0.1. */
export async function serve(listener: RequestListener, tls?: ServerOptions): Promise<LocalServer> {
  const server: Server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  const port = await listen(server);
  const local: LocalServer = {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests: [],
    connections: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.prependListener('request', (request) => local.requests.push(request));
  server.on('connection', () => (local.connections += 1));
  return local;
}

export async function listen(server: TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = http.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
