import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { signalGroup } from '../host/process-group.ts';
import type { Millis } from '../model/brand.ts';

/** One try to start a guardian: a detached process with the lock as descriptor 3 and a pipe for its word as descriptor 4. */
export interface Attempt {
  /** Pid of the guardian; until it is ready, of the shell that starts it. */
  readonly pid: number;
  /** Resolves to the guardian's pid when it says that it is ready. Rejects with an Error that says why it is not. */
  readonly ready: Promise<number>;
  /** Says the last word, or nothing, and closes its standard input. Never rejects. */
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
 * Starts `argv` in the background of a shell that ends at once, in a session of its own: whoever kills the applier's process
 * group, its session or its children does not find it. POSIX shells give a background command /dev/null as standard input,
 * so the pipe takes a way around.
 */
const IN_BACKGROUND = 'exec 5<&0; "$@" <&5 5<&- &';

export function startAttempt(launcher: readonly string[], options: AttemptOptions): Attempt {
  const [program = 'sh', ...rest] = [...launcher, 'sh', '-c', IN_BACKGROUND, 'sh', ...options.argv];
  const child = spawn(program, rest, {
    cwd: '/',
    env: options.env,
    detached: true,
    stdio: ['pipe', options.logFd, options.logFd, options.lockFd, 'pipe'],
  });
  const { stdin } = child;
  const word = child.stdio[4] as Readable | null;
  // The guardian may be gone: what it is told then is of no use, and the command goes on.
  stdin?.on('error', () => {});
  child.unref();
  unrefStream(stdin);
  const pid = child.pid ?? 0;
  return {
    pid,
    ready: firstWord(child, word, options.timeout).finally(() => word?.destroy()),
    end: (text) => endInput(stdin, text),
    kill: () => void (pid > 1 && signalGroup(pid, 'SIGKILL')),
  };
}

function firstWord(child: ChildProcess, word: Readable | null, timeout: number): Promise<number> {
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
    word?.setEncoding('utf8');
    word?.on('data', (more: string) => {
      text += more;
      const [, pid] = /^ready (\d+)\n/.exec(text) ?? [];
      if (pid !== undefined) settle(Number(pid));
    });
    word?.once('error', settle);
    word?.once('close', () => settle(new Error('it ended before it was ready')));
  });
}

function endInput(stdin: Writable | null, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (stdin === null || stdin.destroyed || stdin.writableEnded) {
      resolve();
      return;
    }
    stdin.once('close', resolve);
    stdin.once('error', () => resolve());
    stdin.end(text, () => resolve());
  });
}

/** A pipe to the guardian must not keep the command alive. */
function unrefStream(stream: unknown): void {
  (stream as { unref?: () => void } | null)?.unref?.();
}
