import type { Millis } from '../../model/brand.ts';
import type {
  Commands,
  PodRuntime,
  RuntimeAnswer,
  RuntimeContainer,
  RuntimePod,
} from '../ports.ts';
import { count, fields, list, text, type Fields } from './json.ts';
import { ofManifest } from './static-pods.ts';

const TIMEOUT = 5000 as Millis;
const LINES = 5;

/**
 * Asks the container runtime through `crictl` (sigs.k8s.io/cri-tools; messages of k8s.io/cri-api runtime/v1 as JSON). What it
 * says on standard error (deprecations, default endpoints) does not matter.
 */
export function crictlRuntime(commands: Commands): PodRuntime {
  return {
    pods: (namespace, name) => listPods(commands, namespace, name),
    async exitOf({ id }) {
      const inspected = await ask(commands, ['inspect', '-o', 'json', id]);
      if ('reason' in inspected) return null;
      const status = fields(fields(inspected.value)['status']);
      if (status['state'] !== 'CONTAINER_EXITED') return null;
      return { code: count(status['exitCode']), reason: text(status['reason']) };
    },
    async lastLines({ id }) {
      const argv = ['crictl', 'logs', '--tail', String(LINES), id];
      const said = await commands.run(argv, { cwd: '/', timeout: TIMEOUT });
      if (said.spawnError !== null || said.exitCode !== 0) return [];
      // The container's standard error is its log.
      return `${said.stdout}\n${said.stderr}`
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-LINES);
    },
  };
}

async function listPods(
  commands: Commands,
  namespace: string,
  name: string,
): Promise<RuntimeAnswer> {
  const sandboxes = await ask(commands, ['pods', '-o', 'json']);
  if ('reason' in sandboxes) return { known: false, reason: sandboxes.reason };
  const containers = await ask(commands, ['ps', '-a', '-o', 'json']);
  if ('reason' in containers) return { known: false, reason: containers.reason };
  const all = list(fields(sandboxes.value)['items']).filter(fromFile).map(listed);
  const ours = ofManifest(all, namespace, name);
  if (ours === null) return { known: false, reason: `crictl: several pods could be ${name}` };
  const started = list(fields(containers.value)['containers']);
  const pods = ours
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map((one): RuntimePod => {
      const own = started.filter((container) => container['podSandboxId'] === one.id);
      return { uid: one.uid, hash: one.hash, running: one.ready, containers: own.map(containerOf) };
    });
  return { known: true, from: 'crictl', pods };
}

function fromFile(sandbox: Fields): boolean {
  return fields(sandbox['annotations'])['kubernetes.io/config.source'] === 'file';
}

function listed(sandbox: Fields) {
  const metadata = fields(sandbox['metadata']);
  const label = fields(sandbox['labels'])['io.kubernetes.pod.uid'];
  return {
    id: text(sandbox['id']),
    namespace: text(metadata['namespace']),
    name: text(metadata['name']),
    uid: text(label) || text(metadata['uid']),
    hash: text(fields(sandbox['annotations'])['kubernetes.io/config.hash']) || null,
    ready: sandbox['state'] === 'SANDBOX_READY',
    // Nanoseconds, a number in a text: exact enough to tell which is newer.
    createdAt: Number(sandbox['createdAt']),
  };
}

function containerOf(container: Fields): RuntimeContainer {
  const metadata = fields(container['metadata']);
  const states = { CONTAINER_RUNNING: 'running', CONTAINER_EXITED: 'exited' } as const;
  const state = text(container['state']);
  return {
    id: text(container['id']),
    name: text(metadata['name']),
    attempt: count(metadata['attempt']),
    state: state === 'CONTAINER_RUNNING' || state === 'CONTAINER_EXITED' ? states[state] : 'other',
    exit: null,
  };
}

async function ask(
  commands: Commands,
  args: readonly string[],
): Promise<{ readonly value: unknown } | { readonly reason: string }> {
  const result = await commands.run(['crictl', ...args], { cwd: '/', timeout: TIMEOUT });
  if (result.spawnError !== null) return { reason: `crictl: ${result.spawnError}` };
  if (result.timedOut) return { reason: `crictl did not answer within ${TIMEOUT / 1000}s` };
  if (result.exitCode !== 0) {
    const said = result.stderr.trim().split('\n').at(-1) ?? '';
    return { reason: `crictl exited ${String(result.exitCode)}: ${said.slice(0, 200)}` };
  }
  try {
    return { value: JSON.parse(result.stdout) as unknown };
  } catch {
    return { reason: 'crictl gave no JSON' };
  }
}
