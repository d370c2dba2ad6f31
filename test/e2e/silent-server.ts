import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface SilentServer {
  readonly port: number;
  /** Resolves when who had called has hung up. */
  readonly hungUp: Promise<void>;
  readonly close: () => Promise<void>;
}

/** Takes calls on loopback and never says a word. */
export async function startSilentServer(): Promise<SilentServer> {
  const server = createServer();
  const hungUp = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      socket.on('error', () => {}).on('close', () => resolve());
      // Only who reads what came learns that it was the end.
      socket.resume();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hungUp,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
