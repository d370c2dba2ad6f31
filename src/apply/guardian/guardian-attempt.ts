import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { signalGroup } from '../../host/process-group.ts';
import type { Millis } from '../../model/brand.ts';

/** One try to start a guardian: a detached process with the lock as descriptor 3 and a line to the applier as descriptor 4. */
export interface Attempt {
  /** Pid of the guardian; until it is ready, of the shell that starts it. */
  readonly pid: number;
  /** Resolves to the guardian's pid when it says that it is ready. Rejects with an Error that says why it is not. */
  readonly ready: Promise<number>;
  /** Says the last word and closes the line. Never rejects. */
  end(word: string): Promise<void>;
  /** Kills all of it; it never became ready. */
  kill(): void;
}

export interface AttemptOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFd: number;
  readonly lockFd: number;
  readonly timeout: Millis;
}

/**
 * In the background of a shell that ends at once, in a session of its own: whoever kills the applier's process group, its
 * session or its children does not find it. The line is not standard input: Node closes that of a child that has ended, and
 * here the child is the shell.
 */
const IN_BACKGROUND = '"$@" &';

export function startAttempt(launcher: readonly string[], options: AttemptOptions): Attempt {
  const [program = 'sh', ...rest] = [...launcher, 'sh', '-c', IN_BACKGROUND, 'sh', ...options.argv];
  const child = spawn(program, rest, {
    cwd: '/',
    env: options.env,
    detached: true,
    stdio: ['ignore', options.logFd, options.logFd, options.lockFd, 'pipe'],
  });
  // A pipe among the further descriptors is a pair of sockets: both sides read and write.
  const line = child.stdio[4] as (Duplex & { unref(): void }) | null;
  // The guardian may be gone: what it is told then is of no use, and the command goes on.
  line?.on('error', () => {});
  child.unref();
  const pid = child.pid ?? 0;
  return {
    pid,
    // From then on the line must not keep the command alive.
    ready: firstWord(child, line, options.timeout).finally(() => line?.unref()),
    end: (text) => lastWord(line, text),
    kill: () => void (pid > 1 && signalGroup(pid, 'SIGKILL')),
  };
}

function firstWord(child: ChildProcess, line: Duplex | null, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = `it was not ready within ${String(timeout / 1000)} s`;
    const timer = setTimeout(() => settle(new Error(late)), timeout);
    let text = '';
    function settle(result: number | Error): void {
      clearTimeout(timer);
      if (typeof result === 'number') resolve(result);
      else reject(result);
    }
    child.once('error', settle);
    line?.setEncoding('utf8');
    line?.on('data', (more: string) => {
      text += more;
      const [, pid] = /^ready (\d+)\n/.exec(text) ?? [];
      if (pid !== undefined) settle(Number(pid));
    });
    line?.once('close', () => settle(new Error('it ended before it was ready')));
  });
}

function lastWord(line: Duplex | null, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (line === null || line.destroyed || line.writableEnded) {
      resolve();
      return;
    }
    line.once('close', resolve);
    line.end(text, () => {
      line.destroy();
      resolve();
    });
  });
}
