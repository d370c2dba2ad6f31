import type { Scheme, FlagReader } from '../probes/listeners.ts';
import type { KubeadmComponent } from './part-types.ts';

/** Where a probe asks that kubeadm has written. */
export interface KubeadmProbe {
  /** `null`: the pod's own address. */
  readonly host: string | null;
  readonly port: number;
  readonly scheme: Scheme;
}

const CONTROLLERS_PORT = 10_257;
const SCHEDULER_PORT = 10_259;
const METRICS_PORT = 2381;
const API_PORT = 6443;

/**
 * Where all probes ask that kubeadm makes of its configuration: before patches, and whatever they change. `node`: the address of
 * the node. Source: kubernetes/kubernetes 1.24 to 1.34, cmd/kubeadm/app: util/staticpod/utils.go (GetAPIServerProbeAddress,
 * GetControllerManagerProbeAddress, GetSchedulerProbeAddress, GetEtcdProbeEndpoint), phases/controlplane/manifests.go (ports).
 */
export function kubeadmProbe(
  component: KubeadmComponent,
  configured: FlagReader,
  node: string | null,
): KubeadmProbe {
  if (component === 'etcd') return etcdProbe(configured('listen-metrics-urls'), node);
  if (component === 'kube-apiserver') {
    const port = Number(configured('secure-port') ?? API_PORT);
    return { host: specified(node ?? '127.0.0.1'), port, scheme: 'HTTPS' };
  }
  const port = component === 'kube-scheduler' ? SCHEDULER_PORT : CONTROLLERS_PORT;
  return { host: specified(configured('bind-address') ?? '127.0.0.1'), port, scheme: 'HTTPS' };
}

/** Of several URLs the first; what one leaves out is as without any. */
function etcdProbe(urls: string | null, node: string | null): KubeadmProbe {
  const [first = ''] = (urls ?? '').split(',');
  const localhost = node?.includes(':') === true ? '::1' : '127.0.0.1';
  const match = /^(\w+):\/\/(?:\[([^\]]*)\]|([^:/]*))(?::(\d+))?/.exec(first);
  const host = match?.[2] ?? match?.[3] ?? '';
  return {
    host: host === '' ? localhost : host,
    port: Number(match?.[4] ?? METRICS_PORT),
    scheme: match?.[1] === 'https' ? 'HTTPS' : 'HTTP',
  };
}

/** A listener on every address is asked at that of the pod. */
function specified(address: string): string | null {
  return address === '0.0.0.0' || address === '::' ? null : address;
}
