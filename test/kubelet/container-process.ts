import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Backoff } from './backoff.ts';
import type { Container } from './decode-container.ts';
import type { Pod } from './decode-pod.ts';
import type { KubeletListener } from './kubelet-event.ts';

export interface ContainerOptions {
  readonly cwd: string;
  readonly logDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly backoff: Backoff;
  readonly listener: KubeletListener;
}

export interface ContainerProcess {
  readonly container: Container;
  /** Of the pod that it was started for. */
  readonly uid: string;
  pid(): number | null;
  /** SIGTERM, then SIGKILL after `grace` ms; resolves when the process is gone. It is not started again. */
  stop(grace: number): Promise<void>;
  /** What a failed probe does: SIGTERM, and it starts again. */
  restart(): void;
  /** SIGKILL at once, for the simulator's own end. */
  kill(): void;
}

/** Runs one container's command as a process group of its own and starts it again, with back-off, when it exits. */
export function runContainer(
  pod: Pod,
  container: Container,
  options: ContainerOptions,
): ContainerProcess {
  const { listener } = options;
  const who = { pod: pod.key, uid: pod.uid, container: container.name };
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wanted = true;
  let ended = Promise.resolve();

  function start(): void {
    const started = launch(pod, container, options);
    child = started;
    const { image, argv } = container;
    if (started.pid !== undefined)
      listener({ type: 'started', ...who, image, pid: started.pid, argv });
    ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: string | null): void => {
        if (child !== started) return;
        child = null;
        listener({ type: 'exited', ...who, pid: started.pid ?? null, code, signal });
        resolve();
        if (wanted) timer = setTimeout(start, options.backoff.next(`${pod.uid}/${container.name}`));
      };
      started.on('error', () => finish(null, null));
      started.on('exit', finish);
    });
  }

  start();
  return {
    container,
    uid: pod.uid,
    pid: () => child?.pid ?? null,
    async stop(grace) {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
      if (child === null) return;
      signalGroup(child.pid, 'SIGTERM');
      const killer = setTimeout(() => signalGroup(child?.pid, 'SIGKILL'), grace);
      await ended;
      clearTimeout(killer);
    },
    restart: () => signalGroup(child?.pid, 'SIGTERM'),
    kill() {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
      signalGroup(child?.pid, 'SIGKILL');
    },
  };
}

/** File with the output of all attempts of a container, inside `logDir`. */
export function logName(pod: string, container: string): string {
  return `${pod.replace('/', '_')}_${container}.log`;
}

function launch(pod: Pod, container: Container, options: ContainerOptions): ChildProcess {
  mkdirSync(options.logDir, { recursive: true });
  const log = openSync(join(options.logDir, logName(pod.key, container.name)), 'a');
  const [program = '', ...rest] = container.argv;
  try {
    return spawn(program, rest, {
      cwd: options.cwd,
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH ?? '',
        // A process has no mount namespace here: a component that cares looks its paths up in this.
        CONTAINER_MOUNTS: JSON.stringify(container.mounts),
        ...options.env,
        ...container.env,
      },
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
