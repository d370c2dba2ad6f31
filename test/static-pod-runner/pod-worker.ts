import { setTimeout as sleep } from 'node:timers/promises';
import { runContainer } from './container-process.ts';
import type { ContainerOptions, ContainerProcess } from './container-process.ts';
import type { Pod } from './decode-pod.ts';

export interface PodWorkerOptions extends ContainerOptions {
  /** Milliseconds until a change is acted on: for so long the old process still answers (kubelet: 0 to 20 s). */
  readonly noticeAfter: number;
  /** Upper limit for the pod's own termination grace period, milliseconds. */
  readonly maxGrace: number;
}

export interface PodWorker {
  /** What should run now; `null` = nothing. Changes are worked off in order: a delete followed by an add does end the processes. */
  want(pod: Pod | null): void;
  processes(): readonly ContainerProcess[];
  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void>;
}

/** One pod: ends the old generation's processes completely before the new one starts, as the kubelet does for static pods. */
export function createPodWorker(key: string, options: PodWorkerOptions): PodWorker {
  const { listener } = options;
  let wanted: Pod | null = null;
  let current: Pod | null = null;
  let processes: readonly ContainerProcess[] = [];
  let work = Promise.resolve();

  async function stopCurrent(): Promise<void> {
    if (current === null) return;
    const grace = Math.min(current.grace, options.maxGrace);
    await Promise.all(processes.map((running) => running.stop(grace)));
    processes = [];
    current = null;
    listener({ type: 'stopped', pod: key });
  }

  async function reconcile(next: Pod | null): Promise<void> {
    if (current !== null && next !== null) await sleep(options.noticeAfter);
    await stopCurrent();
    if (next === null) return;
    current = next;
    processes = next.containers.map((container) => runContainer(next, container, options));
  }

  function announce(pod: Pod | null): void {
    if (pod === null) listener({ type: 'pod-removed', pod: key });
    else if (wanted === null) listener({ type: 'pod-added', pod: key, file: pod.file });
    else listener({ type: 'pod-changed', pod: key, file: pod.file });
  }

  return {
    want(pod) {
      if (pod?.identity === wanted?.identity) return;
      announce(pod);
      wanted = pod;
      work = work.then(() => reconcile(pod));
    },
    processes: () => processes,
    settled: () => work,
  };
}
