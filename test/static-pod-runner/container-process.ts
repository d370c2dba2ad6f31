import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Container, Pod } from './decode-pod.ts';
import type { RunnerListener } from './runner-event.ts';

export interface Backoff {
  /** Milliseconds before the first restart; doubles with each (kubelet: 10 s). */
  readonly base: number;
  /** Upper limit, milliseconds (kubelet: 5 min). */
  readonly max: number;
}

export interface ContainerOptions {
  readonly cwd: string;
  readonly logDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly backoff: Backoff;
  readonly listener: RunnerListener;
}

export interface ContainerProcess {
  pid(): number | null;
  argv(): readonly string[];
  /** SIGTERM, then SIGKILL after `grace` ms; resolves when the process is gone. */
  stop(grace: number): Promise<void>;
  /** SIGKILL at once, for the runner's own end. */
  kill(): void;
}

/** Runs one container's command as a process group of its own and starts it again, with back-off, when it exits. */
export function runContainer(
  pod: Pod,
  container: Container,
  options: ContainerOptions,
): ContainerProcess {
  const { listener } = options;
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wanted = true;
  let delay = options.backoff.base;
  let ended = Promise.resolve();

  function start(): void {
    const started = launch(pod, container, options);
    child = started;
    if (started.pid !== undefined)
      listener({
        type: 'started',
        pod: pod.key,
        container: container.name,
        pid: started.pid,
        argv: container.argv,
      });
    ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: string | null): void => {
        if (child !== started) return;
        child = null;
        listener({
          type: 'exited',
          pod: pod.key,
          container: container.name,
          pid: started.pid ?? null,
          code,
          signal,
        });
        resolve();
        if (!wanted) return;
        timer = setTimeout(start, delay);
        delay = Math.min(delay * 2, options.backoff.max);
      };
      started.on('error', () => finish(null, null));
      started.on('exit', finish);
    });
  }

  start();
  return {
    pid: () => child?.pid ?? null,
    argv: () => container.argv,
    async stop(grace) {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
      if (child === null) return;
      signalGroup(child.pid, 'SIGTERM');
      const killer = setTimeout(() => signalGroup(child?.pid, 'SIGKILL'), grace);
      await ended;
      clearTimeout(killer);
    },
    kill() {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
      signalGroup(child?.pid, 'SIGKILL');
    },
  };
}

function launch(pod: Pod, container: Container, options: ContainerOptions): ChildProcess {
  mkdirSync(options.logDir, { recursive: true });
  const log = openSync(
    join(options.logDir, `${pod.key.replace('/', '_')}_${container.name}.log`),
    'a',
  );
  const [program = '', ...rest] = container.argv;
  try {
    return spawn(program, rest, {
      cwd: options.cwd,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH ?? '', ...options.env, ...container.env },
    });
  } finally {
    closeSync(log);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
