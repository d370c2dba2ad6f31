import { createBackoff } from './backoff.ts';
import type { BackoffTimes } from './backoff.ts';
import type { Pod } from './decode-pod.ts';
import { createEventLog } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import type { KubeletListener } from './kubelet-event.ts';
import { openPodSource } from './pod-source.ts';
import { createPodWorker } from './pod-worker.ts';
import type { PodWorker } from './pod-worker.ts';
import { createProber } from './prober.ts';
import { createSwitch } from './switch.ts';
import type { Switch } from './switch.ts';

export interface KubeletOptions {
  readonly manifestDir: string;
  /** Containers' output: `<logDir>/<namespace>_<pod>_<container>.log`. */
  readonly logDir: string;
  /** Working directory of the containers; default `logDir`. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  /** Milliseconds between full relists; default 20 s as the kubelet's, 0 = only when told. */
  readonly relistEvery?: number;
  readonly firstNameWins?: boolean;
  readonly noticeAfter?: number;
  readonly overlap?: boolean;
  readonly stuckOnReturnedUid?: boolean;
  readonly maxGrace?: number;
  readonly backoff?: BackoffTimes;
  readonly listener?: KubeletListener;
}

export interface RunningContainer {
  readonly pod: string;
  /** Of the pod that it was started for; its cgroup names it. */
  readonly uid: string;
  readonly container: string;
  readonly pid: number | null;
  readonly argv: readonly string[];
}

export interface Kubelet extends Pick<EventLog, 'events' | 'waitFor'> {
  running(): readonly RunningContainer[];
  /** What the kubelet has in mind to run, be it started yet or not. */
  pods(): readonly Pod[];
  readonly relist: () => void;
  /** One round of the pods' own probes. */
  readonly probe: () => Promise<void>;
  /** Resolves when all that was changed before the call has been seen and acted upon, unless a switch holds it up. */
  readonly settled: () => Promise<void>;
  /** All open at first; see PodSourceOptions and PodWorkerOptions. */
  readonly switches: Readonly<Record<'noticing' | 'terminating' | 'unmounting', Switch>>;
  /** Ends every process it started, by id; resolves when all are gone. */
  stop(): Promise<void>;
}

/** Watches a manifest directory as the kubelet does and runs each container's command as a local process. */
export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const log = createEventLog(options.listener);
  const workers = new Map<string, PodWorker>();
  const switches = {
    noticing: createSwitch(),
    terminating: createSwitch(),
    unmounting: createSwitch(),
  };
  const workerOptions = {
    cwd: options.cwd ?? options.logDir,
    logDir: options.logDir,
    env: options.env ?? {},
    backoff: createBackoff(options.backoff ?? { base: 300, max: 2000 }),
    noticeAfter: options.noticeAfter ?? 0,
    maxGrace: options.maxGrace ?? 5000,
    overlap: options.overlap ?? false,
    stuckOnReturnedUid: options.stuckOnReturnedUid ?? false,
    terminating: switches.terminating,
    unmounting: switches.unmounting,
    listener: log.add,
  };
  let stopping = false;

  function onPods(pods: ReadonlyMap<string, Pod>): void {
    if (stopping) return;
    for (const [key, worker] of workers) if (!pods.has(key)) worker.want(null);
    for (const [key, pod] of pods) {
      const worker = workers.get(key) ?? createPodWorker(key, workerOptions);
      workers.set(key, worker);
      worker.want(pod);
    }
  }

  const killAll = (): void => {
    for (const worker of workers.values()) for (const running of worker.processes()) running.kill();
  };
  process.once('exit', killAll);
  const source = await openPodSource({
    manifestDir: options.manifestDir,
    nodeName: options.nodeName ?? 'node',
    relistEvery: options.relistEvery ?? 20_000,
    firstNameWins: options.firstNameWins ?? false,
    noticing: switches.noticing,
    listener: log.add,
    onPods,
  });
  const settle = (): Promise<unknown> =>
    Promise.all([...workers.values()].map((worker) => worker.settled()));

  return {
    events: log.events,
    waitFor: log.waitFor,
    running: () => runningContainers(workers),
    pods: () => [...workers.values()].map((one) => one.pod()).filter((pod) => pod !== null),
    relist: source.relist,
    probe: createProber(log.add, () => [...workers]),
    async settled() {
      await source.caughtUp();
      await settle();
    },
    switches,
    async stop() {
      stopping = true;
      source.close();
      for (const one of Object.values(switches)) one.open();
      for (const worker of workers.values()) worker.want(null);
      await settle();
      process.removeListener('exit', killAll);
    },
  };
}

function runningContainers(workers: ReadonlyMap<string, PodWorker>): readonly RunningContainer[] {
  return [...workers].flatMap(([pod, worker]) =>
    worker
      .processes()
      .map((one) => ({
        pod,
        uid: one.uid,
        container: one.container.name,
        pid: one.pid(),
        argv: one.container.argv,
      }))
      .filter((running) => running.pid !== null),
  );
}
