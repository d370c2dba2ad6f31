import type { ContainerAttempt, CriObjects, Sandbox } from './cri-objects.ts';

/** `crictl pods -o json`: newest first. Shape: CRI's ListPodSandboxResponse, numbers of 64 bits as text. */
export function podsJson({ sandboxes }: CriObjects): unknown {
  return { items: sandboxes.map(sandboxJson).toReversed() };
}

/** `crictl ps -o json`: running ones only unless `all`, newest first. Shape: ListContainersResponse. */
export function containersJson({ containers }: CriObjects, all: boolean): unknown {
  const shown = containers.filter((one) => all || one.finishedAt === null);
  return { containers: shown.map(containerJson).toReversed() };
}

/** `crictl inspect ID`: the container's status, and what the runtime adds. */
export function inspectJson(one: ContainerAttempt): unknown {
  const { id, name, attempt } = one;
  return {
    status: {
      id,
      metadata: { attempt, name },
      state: stateOf(one),
      createdAt: new Date(one.startedAt).toISOString(),
      startedAt: new Date(one.startedAt).toISOString(),
      finishedAt: one.finishedAt === null ? '0001-01-01T00:00:00Z' : isoOf(one.finishedAt),
      exitCode: one.exitCode ?? 0,
      reason: reasonOf(one),
      message: '',
      image: { annotations: {}, image: one.image },
      imageRef: one.image,
      labels: containerLabels(one),
      annotations: { 'io.kubernetes.container.restartCount': String(attempt) },
      mounts: [],
    },
    info: { sandboxID: one.sandbox.id, pid: one.finishedAt === null ? one.pid : 0 },
  };
}

/** `crictl inspectp ID`. */
export function inspectPodJson(sandbox: Sandbox): unknown {
  const { createdAt, ...rest } = sandboxJson(sandbox);
  return { status: { ...rest, createdAt: isoOf(Number(createdAt) / 1e6) }, info: {} };
}

function sandboxJson(sandbox: Sandbox) {
  const { id, namespace, name, uid, attempt, ready } = sandbox;
  return {
    id,
    metadata: { name, uid, namespace, attempt },
    state: ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: nanoseconds(sandbox.createdAt),
    labels: podLabels(sandbox),
    annotations: {
      'kubernetes.io/config.hash': uid,
      'kubernetes.io/config.seen': isoOf(sandbox.createdAt),
      'kubernetes.io/config.source': 'file',
    },
    runtimeHandler: '',
  };
}

function containerJson(one: ContainerAttempt) {
  const { id, sandbox, name, attempt, image } = one;
  return {
    id,
    podSandboxId: sandbox.id,
    metadata: { name, attempt },
    image: { image, annotations: {} },
    imageRef: image,
    state: stateOf(one),
    createdAt: nanoseconds(one.startedAt),
    labels: containerLabels(one),
    annotations: { 'io.kubernetes.container.restartCount': String(attempt) },
  };
}

function podLabels({ name, namespace, uid }: Sandbox): Readonly<Record<string, string>> {
  return {
    'io.kubernetes.pod.name': name,
    'io.kubernetes.pod.namespace': namespace,
    'io.kubernetes.pod.uid': uid,
  };
}

function containerLabels(one: ContainerAttempt): Readonly<Record<string, string>> {
  return { 'io.kubernetes.container.name': one.name, ...podLabels(one.sandbox) };
}

function stateOf({ finishedAt }: ContainerAttempt): string {
  return finishedAt === null ? 'CONTAINER_RUNNING' : 'CONTAINER_EXITED';
}

function reasonOf({ finishedAt, exitCode }: ContainerAttempt): string {
  if (finishedAt === null) return '';
  return exitCode === 0 ? 'Completed' : 'Error';
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function nanoseconds(milliseconds: number): string {
  return `${milliseconds}000000`;
}
