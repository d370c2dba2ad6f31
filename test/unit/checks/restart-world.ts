import type {
  Listener,
  PodRuntime,
  ProcessInfo,
  Processes,
  RuntimeContainer,
  RuntimePod,
} from '../../../src/host/ports.ts';
import type { ProcessBaseline } from '../../../src/checks/process-baseline.ts';
import type { ProcessCheck } from '../../../src/model/check.ts';
import { RestartProof } from '../../../src/checks/process.ts';
import type { Answer, CheckContext } from '../../../src/checks/context.ts';
import { contextWith, ms, running } from './check-world.ts';
import { IdleClock } from './idle-clock.ts';

export const OLD = ['kube-apiserver', '--v=1'];
export const NEW = ['kube-apiserver', '--v=2'];
export const CONTAINER = {
  namespace: 'kube-system',
  pod: 'kube-apiserver',
  container: 'kube-apiserver',
};
export const spec: ProcessCheck = {
  kind: 'process',
  argv: NEW,
  replaces: OLD,
  listens: [6443],
  container: CONTAINER,
};

/** What is told of one process beside its arguments. */
export interface Seen extends ProcessInfo {
  readonly pod?: string;
  /** Inodes; absent: not ours to read. */
  readonly sockets?: readonly string[];
}

export function seen(pid: number, argv: readonly string[], more: Partial<Seen> = {}): Seen {
  return { ...running(pid, argv), ...more };
}

export function listener(inode: string, more: Partial<Listener> = {}): Listener {
  return { family: 'tcp6', address: '0'.repeat(32), everywhere: true, port: 6443, inode, ...more };
}

export function processesAs(
  all: readonly Seen[],
  listeners: readonly Listener[] | null,
): Processes {
  const of = (pid: number): Seen | undefined => all.find((one) => one.pid === pid);
  return {
    list: async () => all,
    podUid: async (pid) => of(pid)?.pod ?? null,
    listeners: async () => listeners,
    sockets: async (pid) => (of(pid)?.sockets === undefined ? null : new Set(of(pid)?.sockets)),
  };
}

export function pod(hash: string, more: Partial<RuntimePod> = {}): RuntimePod {
  return { uid: hash, hash, running: true, containers: [], ...more };
}

export function container(more: Partial<RuntimeContainer> = {}): RuntimeContainer {
  return { id: 'c1', name: 'kube-apiserver', attempt: 0, state: 'running', exit: null, ...more };
}

export function runtimeOf(pods: readonly RuntimePod[], lines: readonly string[] = []): PodRuntime {
  return {
    pods: async () => ({ known: true, from: 'crictl', pods }),
    exitOf: async ({ exit }) => exit,
    lastLines: async () => lines,
  };
}

export const NOTED: ProcessBaseline = {
  processes: [running(10, OLD)],
  pods: [{ pod: 'kube-system/kube-apiserver', hashes: ['old'] }],
};

export function attempt(
  all: readonly Seen[],
  listeners: readonly Listener[] | null,
  more: Partial<CheckContext> = {},
  check: ProcessCheck = spec,
): Promise<Answer> {
  const processes = processesAs(all, listeners);
  const context = contextWith({ processes, clock: new IdleClock(), baseline: NOTED, ...more });
  const proof = new RestartProof(check, context, { timeout: ms(10_000), every: ms(0) });
  return proof.attempt(new AbortController().signal);
}
