import net from 'node:net';
import type { TcpCheck } from '../model/check.ts';
import { describeConnectionError } from './connection-error.ts';
import type { Answer, Check } from './context.ts';
import { endpoint } from './describe.ts';

/** Good when a TCP connection can be opened; it is closed at once, nothing is sent. */
export class TcpConnect implements Check {
  readonly #spec: TcpCheck;

  constructor(spec: TcpCheck) {
    this.#spec = spec;
  }

  attempt(signal: AbortSignal): Promise<Answer> {
    const { host, port } = this.#spec;
    const target = endpoint(host, port);
    return new Promise((resolve) => {
      const socket = net.connect({ host, port, signal });
      socket.once('connect', () => {
        socket.destroy();
        resolve({ good: true, detail: `${target} accepts connections` });
      });
      socket.on('error', (error) => {
        resolve({ good: false, detail: describeConnectionError(error, target) });
      });
    });
  }
}
