import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { APISERVER_SUITES, APISERVER_SUITES_1_10, APISERVER_SUITES_1_9 } from './cipher-suites.ts';
import { given, has, lacks, off } from './demands.ts';

const component = 'kube-apiserver' as const;

const ANONYMOUS_NEEDS =
  'probes of the kubelet and of load balancers ask without credentials: with those of kubeadm expect 401 and a restart loop, and joining by token stops; from 1.32 an --authentication-config that lets anonymous requests reach /livez, /readyz and /healthz only is safer (the two exclude each other)';

const CIPHERS = {
  id: '1.2.29',
  component,
  title: 'TLS connections to the API server use strong ciphers only',
  remedy:
    'name the ciphers in --tls-cipher-suites: ECDHE with AES-GCM or ChaCha20, for RSA and ECDSA keys',
  needs:
    'suites have to fit the key of the serving certificate and every client; those of TLS 1.3 cannot be chosen in Go',
  risk: 'C',
} as const;

function suites(values: readonly string[]): CisRow['demands'] {
  return [{ flag: 'tls-cipher-suites', type: 'list', rule: { op: 'within', values } }];
}

/** Who may talk to the API server, and how it talks to others. */
export const APISERVER_ACCESS: readonly CisRow[] = [
  {
    id: '1.2.1',
    versions: ALL_CIS,
    component,
    title: 'the API server refuses anonymous requests',
    demands: [off('anonymous-auth')],
    remedy: 'set --anonymous-auth=false',
    needs: ANONYMOUS_NEEDS,
    risk: 'C',
  },
  {
    id: '1.2.1',
    versions: ['cis-2.1'],
    component,
    title: 'anonymous requests are refused, or let through to health endpoints only',
    demands: [off('anonymous-auth')],
    elsewhere: ['authentication-config'],
    remedy:
      'set --anonymous-auth=false, or give an --authentication-config whose anonymous.conditions list the health paths only',
    needs: ANONYMOUS_NEEDS,
    risk: 'C',
  },
  {
    id: '1.2.2',
    versions: ALL_CIS,
    component,
    title: 'no static tokens are accepted',
    demands: [{ flag: 'token-auth-file', type: 'string', rule: { op: 'unset' } }],
    remedy: 'remove --token-auth-file',
    needs: 'its users need another way to log in first; its mount can go, too',
    risk: 'C',
  },
  {
    id: '1.2.4',
    versions: ALL_CIS,
    component,
    title: 'the API server shows kubelets a client certificate',
    demands: [given('kubelet-client-certificate'), given('kubelet-client-key')],
    remedy: 'set --kubelet-client-certificate and --kubelet-client-key',
    needs: 'both files inside a mount; its user must be allowed to use the kubelet API',
    risk: 'B',
  },
  {
    id: '1.2.5',
    versions: ALL_CIS,
    component,
    title: 'the API server checks the certificates of kubelets',
    demands: [given('kubelet-certificate-authority')],
    remedy: 'set --kubelet-certificate-authority to the CA of the kubelets',
    needs:
      'kubelets must serve certificates of that CA (serverTLSBootstrap, approved requests); else logs, exec and port-forward fail while /livez stays good',
    risk: 'C',
  },
  {
    id: '1.2.6',
    versions: ALL_CIS,
    component,
    title: 'not every request is allowed',
    demands: [lacks('authorization-mode', 'AlwaysAllow', 'fail')],
    elsewhere: ['authorization-config'],
    remedy:
      'set --authorization-mode without AlwaysAllow, which is the default when it is not given',
    needs: 'excluded by --authorization-config (from 1.30)',
    risk: 'C',
  },
  {
    id: '1.2.7',
    versions: ALL_CIS,
    component,
    title: 'kubelets are held to their own node (Node authorization)',
    demands: [has('authorization-mode', 'Node')],
    elsewhere: ['authorization-config'],
    remedy: 'put Node into --authorization-mode; order matters',
    needs: 'excluded by --authorization-config (from 1.30)',
    risk: 'C',
  },
  {
    id: '1.2.8',
    versions: ALL_CIS,
    component,
    title: 'requests are authorized by role (RBAC)',
    demands: [has('authorization-mode', 'RBAC')],
    elsewhere: ['authorization-config'],
    remedy: 'put RBAC into --authorization-mode; order matters',
    needs: 'the roles must exist; excluded by --authorization-config (from 1.30)',
    risk: 'C',
  },
  {
    id: '1.2.22',
    versions: ALL_CIS,
    component,
    title: 'the key that checks service account tokens is named',
    demands: [{ flag: 'service-account-key-file', type: 'files', rule: { op: 'set' } }],
    remedy: 'set --service-account-key-file; it may be given several times',
    needs: 'a public key file inside a mount',
    risk: 'B',
  },
  {
    id: '1.2.23',
    versions: ALL_CIS,
    component,
    title: 'the API server shows etcd a client certificate',
    demands: [given('etcd-certfile'), given('etcd-keyfile')],
    remedy: 'set --etcd-certfile and --etcd-keyfile',
    needs: 'both files inside a mount, and of a CA that etcd trusts',
    risk: 'B',
  },
  {
    id: '1.2.24',
    versions: ALL_CIS,
    component,
    title: 'the API server has a serving certificate of its own',
    demands: [given('tls-cert-file'), given('tls-private-key-file')],
    remedy: 'set --tls-cert-file and --tls-private-key-file',
    needs: 'both files inside a mount; the certificate must name the address that is probed',
    risk: 'B',
  },
  {
    id: '1.2.25',
    versions: ALL_CIS,
    component,
    title: 'client certificates are checked against a CA',
    demands: [given('client-ca-file')],
    remedy: 'set --client-ca-file',
    needs: 'a CA file inside a mount, for every client certificate in use',
    risk: 'B',
  },
  {
    id: '1.2.26',
    versions: ALL_CIS,
    component,
    title: 'the certificate of etcd is checked against a CA',
    demands: [given('etcd-cafile')],
    remedy: 'set --etcd-cafile',
    needs: 'a CA file inside a mount',
    risk: 'B',
  },
  { ...CIPHERS, versions: ['cis-1.9'], demands: suites(APISERVER_SUITES_1_9) },
  { ...CIPHERS, versions: ['cis-1.10', 'cis-1.11'], demands: suites(APISERVER_SUITES_1_10) },
  { ...CIPHERS, versions: ['cis-1.12', 'cis-2.0'], demands: suites(APISERVER_SUITES) },
  {
    id: '1.2.30',
    versions: ['cis-1.11', 'cis-1.12', 'cis-2.0'],
    component,
    title: 'service account tokens end when they say',
    demands: [off('service-account-extend-token-expiration')],
    remedy: 'set --service-account-extend-token-expiration=false',
    needs: 'clients that never read their token again fail about an hour later; /livez stays good',
    risk: 'C',
  },
];
