import { asMap } from '../../pod/check-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { isLoopback, isWildcard } from '../probes/addresses.ts';
import type { KubeadmComponent } from './part-types.ts';

/**
 * Flags of which each node has a value of its own: kubeadm finds it anew there at every upgrade. Source: kubernetes/kubernetes
 * cmd/kubeadm/app/phases, controlplane/manifests.go (localAPIEndpoint) and etcd/local.go (nodeName, endpoint, initialCluster).
 */
const OF_NODE: Readonly<Record<KubeadmComponent, readonly string[]>> = {
  'kube-apiserver': ['advertise-address'],
  'kube-controller-manager': [],
  'kube-scheduler': [],
  etcd: [
    'name',
    'listen-client-urls',
    'advertise-client-urls',
    'listen-peer-urls',
    'initial-advertise-peer-urls',
    'initial-cluster',
    'initial-cluster-state',
  ],
};

/** Where kubeadm notes the address of the node (app/constants: EtcdAdvertiseClientUrls…, KubeAPIServerAdvertiseAddress…). */
const NOTED = [
  'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint',
  'kubeadm.kubernetes.io/etcd.advertise-client-urls',
] as const;

/** The address of the node, as kubeadm has noted it in the manifest; `null`: it has not. */
export function nodeAddress({ pod }: PodSource): string | null {
  const annotations = asMap(asMap(pod['metadata'])?.['annotations']) ?? {};
  const noted = NOTED.map((name) => annotations[name]).find((one) => typeof one === 'string');
  if (typeof noted !== 'string') return null;
  return noted
    .replace(/^https?:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
}

/** Whether a value holds for one node only: by its flag, or because an address of the node stands in it. */
export function isOfNode(
  component: KubeadmComponent,
  flag: string,
  value: string,
  address: string | null,
): boolean {
  if (OF_NODE[component].includes(flag)) return true;
  if (flag === 'bind-address') return !isLoopback(value) && !isWildcard(value);
  if (address === null || isLoopback(address)) return false;
  const literal = address.replaceAll('.', String.raw`\.`);
  return new RegExp(`(?<![\\w.:])${literal}(?![\\w.])`).test(value);
}
