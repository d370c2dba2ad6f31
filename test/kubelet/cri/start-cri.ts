import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { logName } from '../container-process.ts';
import type { LoggedEvent } from '../kubelet-event.ts';
import { answerCrictl } from './answer-crictl.ts';
import type { CrictlAnswer } from './answer-crictl.ts';
import { criObjects } from './cri-objects.ts';

export interface Cri {
  /** Directory with the program `crictl`, to be put into PATH. */
  readonly bin: string;
  /** While true every call fails as without a container runtime. */
  unreachable: boolean;
  readonly close: () => Promise<void>;
}

export interface CriOptions {
  /** Where program and socket are put. */
  readonly dir: string;
  readonly logDir: string;
  readonly nodeName?: string;
  readonly events: () => readonly LoggedEvent[];
}

/** Asks the socket beside it with its own arguments; prints and exits as told. */
const PROGRAM = (node: string, socket: string): string => `#!${node}
const client = require('node:net').connect(${JSON.stringify(socket)});
let text = '';
client.on('data', (piece) => (text += piece));
client.on('error', (error) => { console.error(error.message); process.exit(1); });
client.on('end', () => {
  const { code, stdout, stderr } = JSON.parse(text);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
});
client.end(JSON.stringify(process.argv.slice(2)));
`;

/** A `crictl` that tells of the pods of a simulated kubelet. */
export async function startCri(options: CriOptions): Promise<Cri> {
  const socket = join(options.dir, 'cri.sock');
  const nodeName = options.nodeName ?? 'node';
  writeFileSync(join(options.dir, 'crictl'), PROGRAM(process.execPath, socket), { mode: 0o755 });

  function readLog(pod: string, container: string): string {
    try {
      return readFileSync(join(options.logDir, logName(pod, container)), 'utf8');
    } catch {
      return '';
    }
  }

  function answer(argv: readonly string[]): CrictlAnswer {
    if (cri.unreachable)
      return {
        code: 1,
        stdout: '',
        stderr: 'validate service connection: dial unix: no such file or directory\n',
      };
    return answerCrictl(argv, criObjects(options.events(), nodeName), (one) =>
      readLog(
        `${one.sandbox.namespace}/${one.sandbox.name.slice(0, -nodeName.length - 1)}`,
        one.name,
      ),
    );
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    let text = '';
    client.on('data', (piece) => (text += piece.toString()));
    client.on('end', () => client.end(JSON.stringify(answer(JSON.parse(text) as string[]))));
    client.on('error', () => client.destroy());
  });
  server.listen(socket);
  await once(server, 'listening');
  const cri: Cri = {
    bin: options.dir,
    unreachable: false,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
  return cri;
}
