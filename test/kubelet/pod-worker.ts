import { setTimeout as sleep } from 'node:timers/promises';
import { runContainer } from './container-process.ts';
import type { ContainerOptions, ContainerProcess } from './container-process.ts';
import type { Pod } from './decode-pod.ts';
import type { Switch } from './switch.ts';

export interface PodWorkerOptions extends ContainerOptions {
  /** Milliseconds until a change is acted on: for so long the old process still answers. */
  readonly noticeAfter: number;
  /** Upper limit for the pod's own termination grace period, milliseconds. */
  readonly maxGrace: number;
  /** While it is closed no pod is ended: it makes use of its grace period. */
  readonly terminating: Switch;
  /** While it is closed no pod starts: volumes of the old one are still being unmounted (k/k#134908). */
  readonly unmounting: Switch;
  /** The new processes start beside the old ones, as with ports that are shared (`--permit-port-sharing`). */
  readonly overlap: boolean;
  /** A pod that comes back with the UID of an ended one is never started (k/k#104648 and later). */
  readonly stuckOnReturnedUid: boolean;
}

export interface PodWorker {
  /** What should run now; `null` = nothing. Changes are worked off in order: a delete followed by an add does end the processes. */
  want(pod: Pod | null): void;
  pod(): Pod | null;
  processes(): readonly ContainerProcess[];
  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void>;
}

interface Generation {
  pod: Pod;
  processes: readonly ContainerProcess[];
}

/**
 * One pod name: ends the old generation's processes completely before the new one starts, as the kubelet does for static pods
 * (pod_workers.go allowPodStart).
 */
export function createPodWorker(key: string, options: PodWorkerOptions): PodWorker {
  const { listener } = options;
  const ended = new Set<string>();
  let wanted: Pod | null = null;
  let current: Generation | null = null;
  let leaving: Generation | null = null;
  let work = Promise.resolve();

  async function stop(generation: Generation | null): Promise<void> {
    if (generation === null) return;
    leaving = generation;
    await options.terminating.passes();
    const grace = Math.min(generation.pod.grace, options.maxGrace);
    await Promise.all(generation.processes.map((running) => running.stop(grace)));
    leaving = null;
    ended.add(generation.pod.uid);
    listener({ type: 'stopped', pod: key, uid: generation.pod.uid });
  }

  async function start(pod: Pod): Promise<void> {
    await options.unmounting.passes();
    if (options.stuckOnReturnedUid && ended.has(pod.uid)) {
      current = { pod, processes: [] };
      return listener({ type: 'stuck', pod: key, uid: pod.uid });
    }
    const processes = pod.containers.map((container) => runContainer(pod, container, options));
    current = { pod, processes };
  }

  async function replace(next: Pod | null): Promise<void> {
    const old = current;
    if (old !== null && next !== null) await sleep(options.noticeAfter);
    current = null;
    if (options.overlap && old !== null && next !== null) {
      leaving = old;
      await start(next);
      return stop(old);
    }
    await stop(old);
    if (next !== null) await start(next);
  }

  /** The same UID: since k/k#124220 (1.31) only a container whose name or image is new is started again. */
  async function update(pod: Pod): Promise<void> {
    const running = current?.processes ?? [];
    const kept = running.filter((one) => pod.containers.some((new_) => isSame(one, new_)));
    const gone = running.filter((one) => !kept.includes(one));
    await Promise.all(gone.map((one) => one.stop(Math.min(pod.grace, options.maxGrace))));
    const fresh = pod.containers.filter((new_) => !kept.some((one) => isSame(one, new_)));
    const processes = [...kept, ...fresh.map((one) => runContainer(pod, one, options))];
    current = { pod, processes };
  }

  function announce(pod: Pod | null): void {
    if (pod === null) return listener({ type: 'pod-removed', pod: key });
    const { file, uid } = pod;
    if (wanted === null) listener({ type: 'pod-added', pod: key, file, uid });
    else if (wanted.uid === uid) listener({ type: 'pod-updated', pod: key, file, uid });
    else listener({ type: 'pod-changed', pod: key, file, uid });
  }

  return {
    want(pod) {
      if (pod?.uid === wanted?.uid && pod?.content === wanted?.content) return;
      announce(pod);
      const updated = pod !== null && wanted?.uid === pod.uid;
      wanted = pod;
      work = work.then(() => (updated ? update(pod) : replace(pod)));
    },
    pod: () => wanted,
    processes: () => [...(current?.processes ?? []), ...(leaving?.processes ?? [])],
    settled: () => work,
  };
}

function isSame(running: ContainerProcess, { name, image }: ContainerProcess['container']) {
  return running.container.name === name && running.container.image === image;
}
