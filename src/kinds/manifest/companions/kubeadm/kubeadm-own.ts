import type { KubeadmComponent } from './part-types.ts';

/** What kubeadm writes for a flag without being told: this text, or what fields of its configuration say. */
type Own = string | typeof CONFIGURED;

const CONFIGURED = Symbol('of the configuration');

/**
 * The flags that kubeadm writes by itself. Source: kubernetes/kubernetes cmd/kubeadm/app/phases, controlplane/manifests.go
 * (get…Command) and etcd/local.go (getEtcdCommand), 1.24 to 1.34.
 */
const OWN: Readonly<Record<KubeadmComponent, Readonly<Record<string, Own>>>> = {
  'kube-apiserver': {
    ...configured(
      ['etcd-servers', 'etcd-cafile', 'etcd-certfile', 'etcd-keyfile'],
      ['client-ca-file', 'tls-cert-file', 'tls-private-key-file', 'secure-port'],
      ['kubelet-client-certificate', 'kubelet-client-key', 'service-cluster-ip-range'],
      ['proxy-client-cert-file', 'proxy-client-key-file', 'requestheader-client-ca-file'],
      ['service-account-issuer', 'service-account-key-file', 'service-account-signing-key-file'],
    ),
    'allow-privileged': 'true',
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'enable-bootstrap-token-auth': 'true',
    'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
  },
  'kube-controller-manager': {
    ...configured(
      ['allocate-node-cidrs', 'cluster-cidr', 'cluster-name', 'service-cluster-ip-range'],
      ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'],
      ['client-ca-file', 'requestheader-client-ca-file', 'root-ca-file'],
      ['cluster-signing-cert-file', 'cluster-signing-key-file', 'service-account-private-key-file'],
    ),
    'bind-address': '127.0.0.1',
    controllers: '*,bootstrapsigner,tokencleaner',
    'leader-elect': 'true',
    'use-service-account-credentials': 'true',
  },
  'kube-scheduler': {
    ...configured(['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig']),
    'bind-address': '127.0.0.1',
    'leader-elect': 'true',
  },
  etcd: {
    ...configured(
      ['data-dir', 'cert-file', 'key-file', 'trusted-ca-file'],
      ['peer-cert-file', 'peer-key-file', 'peer-trusted-ca-file'],
    ),
    'client-cert-auth': 'true',
    'experimental-initial-corrupt-check': 'true',
    'experimental-watch-progress-notify-interval': '5s',
    'feature-gates': 'InitialCorruptCheck=true',
    'listen-metrics-urls': 'http://127.0.0.1:2381',
    'peer-client-cert-auth': 'true',
    'snapshot-count': '10000',
    'watch-progress-notify-interval': '5s',
  },
};

/** Whether kubeadm writes a flag that setpoint found as it is, with what its version and its configuration say. */
export function isWrittenAnyhow(component: KubeadmComponent, flag: string, value: string): boolean {
  const own = new Map(Object.entries(OWN[component])).get(flag);
  return own !== undefined && (own === CONFIGURED || own === value);
}

function configured(...flags: readonly (readonly string[])[]): Readonly<Record<string, Own>> {
  return Object.fromEntries(flags.flat().map((flag) => [flag, CONFIGURED]));
}
