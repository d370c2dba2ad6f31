import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Recovered } from './recover-scenario.ts';

/** Recovers root after root; starting a process for each would take longer than the recovery. */
export class RecoveryServer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(script: string) {
    this.#child = spawn(process.execPath, [script, 'serve'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#child.stdout === null) throw new TypeError('the server has no output');
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async recover(root: string): Promise<Recovered> {
    this.#child.stdin?.write(`${root}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the recovering process ended');
    return JSON.parse(value) as Recovered;
  }

  end(): void {
    this.#child.stdin?.end();
  }
}
