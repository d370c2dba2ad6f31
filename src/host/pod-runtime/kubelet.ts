import { readFile } from 'node:fs/promises';
import type { HostPath } from '../../model/brand.ts';
import type {
  ContainerExit,
  PodRuntime,
  Root,
  RuntimeAnswer,
  RuntimeContainer,
  RuntimePod,
} from '../ports.ts';
import { count, fields, list, text, type Fields } from './json.ts';
import { ofManifest } from './static-pods.ts';

/** What kubeadm gives the API server for its calls of kubelets. */
const CERTIFICATE = '/etc/kubernetes/pki/apiserver-kubelet-client.crt' as HostPath;
const KEY = '/etc/kubernetes/pki/apiserver-kubelet-client.key' as HostPath;
const TIMEOUT = 5000;
const LIMIT = 16 * 1024 * 1024;

export interface KubeletAddress {
  readonly host: string;
  readonly port: number;
}

/** The kubelet's default (--port) on this machine. */
const LOCAL: KubeletAddress = { host: '127.0.0.1', port: 10_250 };

/**
 * Asks the kubelet's /pods with the client certificate of the API server. Its own certificate is not verified: it commonly
 * signs itself, and nothing is sent to it but a proof that the key is here. A pod counts as running when it has a container that
 * runs: /pods lists what is configured, before it is started.
 */
export function kubeletRuntime(root: Root, address: KubeletAddress = LOCAL): PodRuntime {
  return {
    pods: (namespace, name) => listPods(root, address, namespace, name),
    exitOf: ({ exit }) => Promise.resolve(exit),
    lastLines: () => Promise.resolve([]),
  };
}

async function listPods(
  root: Root,
  address: KubeletAddress,
  namespace: string,
  name: string,
): Promise<RuntimeAnswer> {
  let body: string;
  try {
    const [cert, key] = await Promise.all(
      [CERTIFICATE, KEY].map((file) => readFile(root.toReal(file))),
    );
    body = await get(address, cert, key);
  } catch (error) {
    return { known: false, reason: `kubelet: ${reasonOf(error)}` };
  }
  try {
    const items = list(fields(JSON.parse(body))['items'])
      .filter(fromFile)
      .map(listed);
    const ours = ofManifest(items, namespace, name);
    if (ours === null) return { known: false, reason: `kubelet: several pods could be ${name}` };
    return { known: true, from: 'kubelet', pods: ours.map(({ pod }) => pod) };
  } catch {
    return { known: false, reason: 'kubelet: its answer is not JSON' };
  }
}

async function get({ host, port }: KubeletAddress, cert?: Buffer, key?: Buffer): Promise<string> {
  const https = await import('node:https');
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT);
    const options = { host, port, path: '/pods', agent: false, signal, rejectUnauthorized: false };
    const request = https.get({ ...options, ...(cert && key && { cert, key }) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMIT) response.destroy(new Error('its answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`status ${String(response.statusCode)}`));
      });
    });
    request.on('error', reject);
  });
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `there is no ${CERTIFICATE} for it`;
  if (code === 'EACCES') return 'its client certificate is not readable';
  if (code === 'ECONNREFUSED') return 'nothing listens on its port';
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}

function fromFile(pod: Fields): boolean {
  const annotations = fields(fields(pod['metadata'])['annotations']);
  return annotations['kubernetes.io/config.source'] === 'file';
}

function listed(item: Fields) {
  const metadata = fields(item['metadata']);
  const status = fields(item['status']);
  const containers = list(status['containerStatuses']).map(containerOf);
  const pod: RuntimePod = {
    uid: text(metadata['uid']),
    hash: text(fields(metadata['annotations'])['kubernetes.io/config.hash']) || null,
    running: containers.some(({ state }) => state === 'running'),
    containers,
  };
  return { namespace: text(metadata['namespace']), name: text(metadata['name']), pod };
}

/** core/v1 ContainerStatus: between two starts the last exit is in `lastState`, while it waits in `state`. */
function containerOf(status: Fields): RuntimeContainer {
  const state = fields(status['state']);
  const last = state['terminated'] ?? fields(status['lastState'])['terminated'];
  const exit: ContainerExit | null =
    last === undefined
      ? null
      : { code: count(fields(last)['exitCode']), reason: text(fields(last)['reason']) };
  const restarts = count(status['restartCount']);
  const running = state['running'] !== undefined;
  return {
    id: text(status['containerID']),
    name: text(status['name']),
    attempt: restarts,
    state: running ? 'running' : exit === null ? 'other' : 'exited',
    exit: running ? null : exit,
  };
}
