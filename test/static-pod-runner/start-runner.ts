import { once, EventEmitter } from 'node:events';
import { openPodSource } from './pod-source.ts';
import { createPodWorker } from './pod-worker.ts';
import type { PodWorker } from './pod-worker.ts';
import type { Pod } from './decode-pod.ts';
import type { Backoff } from './container-process.ts';
import type { RunnerEvent, RunnerListener } from './runner-event.ts';

export interface RunnerOptions {
  readonly manifestDir: string;
  /** Containers' output: `<logDir>/<namespace>_<pod>_<container>.log`. */
  readonly logDir: string;
  /** Working directory of the containers; default `logDir`. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; default 1000. */
  readonly relistEvery?: number;
  readonly firstNameWins?: boolean;
  readonly noticeAfter?: number;
  readonly maxGrace?: number;
  readonly backoff?: Backoff;
  readonly listener?: RunnerListener;
}

export interface RunningContainer {
  readonly pod: string;
  readonly pid: number | null;
  readonly argv: readonly string[];
}

export interface Runner {
  events(): readonly RunnerEvent[];
  running(): readonly RunningContainer[];
  /** First event, past ones included from `since` on, that `matches`. Rejects after `timeout` ms (default 10 s). */
  waitFor<T extends RunnerEvent['type']>(
    type: T,
    options?: WaitOptions<T>,
  ): Promise<Extract<RunnerEvent, { type: T }>>;
  readonly relist: () => void;
  /** Ends every process it started, by id; resolves when all are gone. */
  stop(): Promise<void>;
}

export interface WaitOptions<T extends RunnerEvent['type']> {
  readonly matches?: (event: Extract<RunnerEvent, { type: T }>) => boolean;
  readonly since?: number;
  readonly timeout?: number;
}

/** Watches a manifest directory as the kubelet does and runs each container's command as a local process. */
export function startRunner(options: RunnerOptions): Runner {
  const log: RunnerEvent[] = [];
  const emitter = new EventEmitter();
  const workers = new Map<string, PodWorker>();
  let stopping = false;

  function listener(event: RunnerEvent): void {
    log.push(event);
    options.listener?.(event);
    emitter.emit('event');
  }

  const workerOptions = {
    cwd: options.cwd ?? options.logDir,
    logDir: options.logDir,
    env: options.env ?? {},
    backoff: options.backoff ?? { base: 300, max: 2000 },
    noticeAfter: options.noticeAfter ?? 0,
    maxGrace: options.maxGrace ?? 5000,
    listener,
  };

  function onPods(pods: ReadonlyMap<string, Pod>): void {
    if (stopping) return;
    for (const [key, worker] of workers) if (!pods.has(key)) worker.want(null);
    for (const [key, pod] of pods) {
      const worker = workers.get(key) ?? createPodWorker(key, workerOptions);
      workers.set(key, worker);
      worker.want(pod);
    }
  }

  const source = openPodSource({
    manifestDir: options.manifestDir,
    relistEvery: options.relistEvery ?? 1000,
    firstNameWins: options.firstNameWins ?? false,
    listener,
    onPods,
  });
  const killAll = (): void => {
    for (const worker of workers.values()) for (const running of worker.processes()) running.kill();
  };
  process.once('exit', killAll);

  return {
    events: () => log,
    running: () => runningContainers(workers),
    waitFor: (type, wait) => waitForEvent(log, emitter, type, wait ?? {}),
    relist: source.relist,
    async stop() {
      stopping = true;
      source.close();
      for (const worker of workers.values()) worker.want(null);
      await Promise.all([...workers.values()].map((worker) => worker.settled()));
      process.removeListener('exit', killAll);
    },
  };
}

function runningContainers(workers: ReadonlyMap<string, PodWorker>): readonly RunningContainer[] {
  return [...workers].flatMap(([pod, worker]) =>
    worker
      .processes()
      .map((running) => ({ pod, pid: running.pid(), argv: running.argv() }))
      .filter((running) => running.pid !== null),
  );
}

async function waitForEvent<T extends RunnerEvent['type']>(
  log: readonly RunnerEvent[],
  emitter: EventEmitter,
  type: T,
  options: WaitOptions<T>,
): Promise<Extract<RunnerEvent, { type: T }>> {
  type Wanted = Extract<RunnerEvent, { type: T }>;
  const deadline = AbortSignal.timeout(options.timeout ?? 10_000);
  let seen = options.since ?? 0;
  for (;;) {
    for (; seen < log.length; seen += 1) {
      const event = log[seen];
      if (event?.type === type && (options.matches?.(event as Wanted) ?? true))
        return event as Wanted;
    }
    try {
      await once(emitter, 'event', { signal: deadline });
    } catch {
      throw new Error(`no ${type} event came; the runner saw:\n${JSON.stringify(log, null, 1)}`);
    }
  }
}
