import { createHash } from 'node:crypto';
import type { LoggedEvent } from '../kubelet-event.ts';

/** A pod sandbox as the container runtime knows it: one for each generation of a pod. */
export interface Sandbox {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  ready: boolean;
}

/** One start of a container. */
export interface ContainerAttempt {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly name: string;
  readonly image: string;
  /** 0 for the first start in its sandbox. */
  readonly attempt: number;
  readonly pid: number;
  readonly startedAt: number;
  finishedAt: number | null;
  exitCode: number | null;
}

export interface CriObjects {
  readonly sandboxes: readonly Sandbox[];
  readonly containers: readonly ContainerAttempt[];
}

/** What a container runtime would have to show after these events. Nothing is ever collected. */
export function criObjects(events: readonly LoggedEvent[], nodeName: string): CriObjects {
  const sandboxes: Sandbox[] = [];
  const containers: ContainerAttempt[] = [];

  function sandboxOf(event: { pod: string; uid: string; at: number }): Sandbox {
    const known = sandboxes.findLast((one) => one.uid === event.uid);
    if (known?.ready === true) return known;
    const [namespace = '', name = ''] = event.pod.split('/');
    const attempt = known === undefined ? 0 : known.attempt + 1;
    const sandbox = {
      id: identifier(event.pod, event.uid, attempt),
      namespace,
      // The kubelet appends the node's name (config/common.go generatePodName).
      name: `${name}-${nodeName}`,
      uid: event.uid,
      attempt,
      createdAt: event.at,
      ready: true,
    };
    sandboxes.push(sandbox);
    return sandbox;
  }

  for (const event of events) {
    if (event.type === 'started') {
      const sandbox = sandboxOf(event);
      const { container: name, image, pid, at } = event;
      const earlier = containers.filter((one) => one.sandbox === sandbox && one.name === name);
      const attempt = earlier.length;
      const id = identifier(sandbox.id, name, attempt);
      const ended = { finishedAt: null, exitCode: null };
      containers.push({ id, sandbox, name, image, attempt, pid, startedAt: at, ...ended });
    }
    if (event.type === 'exited') {
      const ended = containers.findLast((one) => one.pid === event.pid && one.finishedAt === null);
      if (ended === undefined) continue;
      ended.finishedAt = event.at;
      ended.exitCode = event.code ?? 128 + (event.signal === 'SIGKILL' ? 9 : 15);
    }
    if (event.type === 'stopped')
      for (const sandbox of sandboxes) if (sandbox.uid === event.uid) sandbox.ready = false;
  }
  return { sandboxes, containers };
}

/** 64 hex digits, as the runtime's ids have. */
function identifier(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
