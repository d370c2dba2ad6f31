import type { RiskyFlag } from './risky-flag.ts';

const API = ['kube-apiserver'] as const;
const CONTROLLERS = ['kube-controller-manager'] as const;
const LOCAL = ['kube-controller-manager', 'kube-scheduler'] as const;
const ETCD = ['etcd'] as const;

const AS_CLIENT = { add: 'an http gate with the kubeconfig of such a client' } as const;
const AS_POD = { add: 'an http gate with the token of a service account' } as const;

/**
 * Values that take something away, with what breaks and what sees it. Sources: kubernetes.io (reference pages of the components,
 * Using RBAC and Node authorization, Managing Service Accounts, Admission Controllers) and etcd.io (transport security); what
 * health checks overlook: kubeadm#798 and k/k#43784 (401 loops of probes), KEP-1205 (extended tokens).
 */
export const RISKY_FLAGS: readonly RiskyFlag[] = [
  {
    components: API,
    flag: 'anonymous-auth',
    risk: { becomes: 'false' },
    breaks: "requests without credentials get 401, the kubelet's own probes among them",
    seen: 'probes',
  },
  {
    components: API,
    flag: 'authorization-mode',
    risk: { loses: 'Node', unless: 'AlwaysAllow' },
    breaks: 'kubelets may do only what another mode grants them',
    seen: { add: 'a gate that waits for the nodes to be Ready' },
  },
  {
    components: API,
    flag: 'authorization-mode',
    risk: { loses: 'RBAC', unless: 'AlwaysAllow' },
    breaks: 'roles grant nothing any more: controllers, users and unauthenticated probes get 403',
    seen: 'probes',
  },
  {
    components: API,
    flag: 'authorization-mode',
    risk: { gains: 'AlwaysAllow' },
    breaks: 'whoever is authenticated may do everything, every pod too',
    seen: { add: 'an audit that a request without rights is refused' },
  },
  {
    components: API,
    flag: 'kubelet-certificate-authority',
    risk: { is: 'set' },
    breaks:
      'logs, exec and port-forward fail for kubelets whose serving certificate it did not sign',
    seen: { add: 'a command gate that reads the log of a pod on each node' },
  },
  {
    components: API,
    flag: 'service-account-extend-token-expiration',
    risk: { becomes: 'false' },
    breaks: 'clients that never read their token again are refused an hour later',
    seen: { add: 'an audit of the metric serviceaccount_stale_tokens_total before' },
  },
  {
    components: API,
    flag: 'token-auth-file',
    risk: { is: 'removed' },
    breaks: 'whoever authenticates with a token of that file is locked out',
    seen: AS_CLIENT,
  },
  {
    components: API,
    flag: 'client-ca-file',
    risk: { is: 'changed' },
    breaks:
      'client certificates that the new CA file does not cover are refused, those of kubelets too',
    seen: AS_CLIENT,
  },
  {
    components: API,
    flag: 'service-account-key-file',
    risk: { is: 'changed' },
    breaks: 'tokens whose key is not in the new file are refused',
    seen: AS_POD,
  },
  {
    components: API,
    flag: 'service-account-issuer',
    risk: { is: 'first-or-fewer' },
    breaks: 'the first issuer signs new tokens, and those of one that is not given are refused',
    seen: AS_POD,
  },
  {
    components: API,
    flag: 'bind-address',
    risk: { is: 'loopback' },
    breaks: 'nobody but this machine reaches the API',
    seen: { add: 'a tcp gate on the address that others use' },
  },
  {
    components: API,
    flag: 'bind-address',
    risk: { is: 'one-address' },
    breaks: 'clients that use another address of this machine are refused, those on 127.0.0.1 too',
    seen: { add: 'a tcp gate on each address that is in use' },
  },
  {
    components: API,
    flag: 'secure-port',
    risk: { is: 'changed' },
    breaks: 'every kubeconfig and load balancer that names the former port fails',
    seen: AS_CLIENT,
  },
  {
    components: API,
    flag: 'etcd-servers',
    risk: { is: 'changed' },
    breaks: 'the API shows what is in the other store, which may lack objects',
    seen: { add: 'a gate that reads an object that must be there' },
  },
  {
    components: API,
    flag: 'etcd-prefix',
    risk: { is: 'changed' },
    breaks: 'the API shows what is under the other prefix, which is nothing at first',
    seen: { add: 'a gate that reads an object that must be there' },
  },
  {
    components: API,
    flag: 'service-account-signing-key-file',
    risk: { is: 'changed' },
    breaks: 'new tokens are refused where no service-account-key-file has the public key',
    seen: AS_POD,
  },
  {
    components: API,
    flag: 'tls-min-version',
    risk: { becomes: 'VersionTLS13' },
    breaks: 'clients without TLS 1.3 cannot connect',
    seen: { add: 'a command gate with the oldest client' },
  },
  {
    components: API,
    flag: 'enable-admission-plugins',
    risk: { gains: 'AlwaysPullImages' },
    breaks: 'a pod starts only while its registry answers and its own pull secret is right',
    seen: { add: 'a gate that starts a pod' },
  },
  {
    components: API,
    flag: 'enable-admission-plugins',
    risk: { gains: 'DenyServiceExternalIPs' },
    breaks: 'Services cannot get externalIPs any more',
    seen: { add: 'an audit that no Service needs them' },
  },
  {
    components: API,
    flag: 'disable-admission-plugins',
    risk: { gains: 'NodeRestriction' },
    breaks: 'a kubelet may change the objects of other nodes',
    seen: { add: 'an audit that it is refused' },
  },
  {
    components: API,
    flag: 'requestheader-allowed-names',
    risk: { is: 'emptied' },
    breaks: 'every certificate of the request header CA may speak for any user, whatever its name',
    seen: { add: 'an audit that another certificate of that CA is refused' },
  },
  {
    components: LOCAL,
    flag: 'bind-address',
    risk: { is: 'loopback' },
    breaks: 'its metrics cannot be read from other machines any more',
    seen: { add: 'a gate that asks the monitoring system' },
  },
  {
    components: CONTROLLERS,
    flag: 'use-service-account-credentials',
    risk: { becomes: 'true' },
    breaks: 'a controller whose role is missing stops working without a word',
    seen: { add: 'a gate that scales a Deployment' },
  },
  {
    components: CONTROLLERS,
    flag: 'use-service-account-credentials',
    risk: { ceases: 'true' },
    breaks: 'all controllers share one identity, which needs the rights of all of them',
    seen: { add: 'a gate that scales a Deployment' },
  },
  {
    components: CONTROLLERS,
    flag: 'controllers',
    risk: { loses: '*' },
    breaks: 'only the controllers that are named run, and what the others did stays undone',
    seen: { add: 'a gate that scales a Deployment' },
  },
  {
    components: CONTROLLERS,
    flag: 'service-account-private-key-file',
    risk: { is: 'changed' },
    breaks: 'new tokens are refused where the apiserver lacks the public key',
    seen: AS_POD,
  },
  {
    components: ETCD,
    flag: 'client-cert-auth',
    risk: { becomes: 'true' },
    breaks: 'clients without a certificate of the trusted CA are refused',
    seen: { add: 'an http gate on /readyz of the apiserver' },
  },
  {
    components: ETCD,
    flag: 'client-cert-auth',
    risk: { ceases: 'true' },
    breaks: 'whoever reaches the client port reads and writes all objects, Secrets too',
    seen: { add: 'an audit that a request without a certificate is refused' },
  },
  {
    components: ETCD,
    flag: 'peer-client-cert-auth',
    risk: { ceases: 'true' },
    breaks: 'whoever reaches the peer port can pose as a member',
    seen: { add: 'an audit that a connection without a certificate is refused' },
  },
  {
    components: ETCD,
    flag: 'unsafe-no-fsync',
    risk: { becomes: 'true' },
    breaks: 'what was acknowledged is lost when the power goes, and the member may not come back',
    seen: { add: 'an audit that it is not given' },
  },
  {
    components: ETCD,
    flag: 'peer-client-cert-auth',
    risk: { becomes: 'true' },
    breaks: 'members without a certificate of the peer CA drop out, so change one at a time',
    seen: { add: 'a gate on the quorum' },
  },
  {
    components: ETCD,
    flag: 'data-dir',
    risk: { is: 'changed' },
    breaks: 'the member starts with what is in the other directory, which may be nothing',
    seen: { add: 'a gate that reads a key that must be there' },
  },
  {
    components: ETCD,
    flag: 'wal-dir',
    risk: { is: 'moved' },
    breaks: 'the member looks for its log in the other directory, and cannot write without it',
    seen: { add: 'a gate that writes a key' },
  },
];
