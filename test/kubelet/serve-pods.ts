import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Pod } from './decode-pod.ts';
import type { Kubelet, RunningContainer } from './start-kubelet.ts';

export interface PodsEndpoint {
  readonly url: string;
  /** While true who has a certificate is refused as well: 403. */
  forbidden: boolean;
  readonly close: () => Promise<void>;
}

export interface PodsOptions {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** Certificates signed by it are let in. */
  readonly clientCa: Buffer;
  readonly nodeName?: string;
  readonly kubelet: Pick<Kubelet, 'pods' | 'running'>;
}

/** The kubelet's `/pods` on a free loopback port: 401 without a client certificate, else a v1 PodList. */
export async function servePods(options: PodsOptions): Promise<PodsEndpoint> {
  const { key, cert, clientCa, kubelet, nodeName = 'node' } = options;
  const tls = { key, cert, ca: clientCa, requestCert: true, rejectUnauthorized: false };
  const server = createServer(tls, (request, response) => {
    const known = (request.socket as TLSSocket).authorized;
    if (!known) return response.writeHead(401).end('Unauthorized');
    if (endpoint.forbidden) return response.writeHead(403).end('Forbidden');
    if (request.url !== '/pods') return response.writeHead(404).end('404 page not found');
    const items = kubelet.pods().map((pod) => podJson(pod, kubelet.running(), nodeName));
    const list = { kind: 'PodList', apiVersion: 'v1', metadata: {}, items };
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(list));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint: PodsEndpoint = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/pods`,
    forbidden: false,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return endpoint;
}

/** With what the file source adds (config/common.go applyDefaults). A container that has not started waits. */
function podJson(
  { key, uid, manifest, containers }: Pod,
  running: readonly RunningContainer[],
  nodeName: string,
): unknown {
  const [namespace = '', name = ''] = key.split('/');
  const metadata = (manifest['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  const annotations = (metadata['annotations'] ?? {}) as Readonly<Record<string, unknown>>;
  const spec = (manifest['spec'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    metadata: {
      ...metadata,
      name: `${name}-${nodeName}`,
      namespace,
      uid,
      annotations: {
        ...annotations,
        'kubernetes.io/config.hash': uid,
        'kubernetes.io/config.source': 'file',
      },
    },
    spec: { ...spec, nodeName },
    status: {
      phase: 'Running',
      containerStatuses: containers.map(({ name: container }) => ({
        name: container,
        state: running.some((one) => one.uid === uid && one.container === container)
          ? { running: {} }
          : { waiting: { reason: 'ContainerCreating' } },
      })),
    },
  };
}
