import type { CisRow, FlagDemand, FlagRule, FlagType } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { KUBELET_SUITES, KUBELET_SUITES_1_9 } from './cipher-suites.ts';

const component = 'kubelet' as const;
const RESTART = 'the kubelet has to be restarted';

function demand(flag: string, type: FlagType, rule: FlagRule, config: string): FlagDemand {
  return { flag, type, rule, config: config.split('.') };
}

const CIPHERS = {
  id: '4.2.12',
  component,
  title: 'TLS connections to the kubelet use strong ciphers only',
  remedy: 'name them in tlsCipherSuites',
  needs: RESTART,
  risk: 'C',
} as const;

function suites(values: readonly string[]): readonly FlagDemand[] {
  return [demand('tls-cipher-suites', 'list', { op: 'within', values }, 'tlsCipherSuites')];
}

/** Each flag may be a key of the KubeletConfiguration instead; a flag wins. */
export const KUBELET: readonly CisRow[] = [
  {
    id: '4.2.1',
    versions: ALL_CIS,
    component,
    title: 'the kubelet refuses anonymous requests',
    demands: [
      demand(
        'anonymous-auth',
        'bool',
        { op: 'eq', value: 'false', unset: 'fail' },
        'authentication.anonymous.enabled',
      ),
    ],
    remedy: 'set authentication.anonymous.enabled: false',
    needs: `${RESTART}; monitoring that asked without credentials breaks`,
    risk: 'C',
  },
  {
    id: '4.2.2',
    versions: ALL_CIS,
    component,
    title: 'the kubelet does not allow every request',
    demands: [
      demand(
        'authorization-mode',
        'string',
        { op: 'not-eq', value: 'AlwaysAllow', unset: 'fail' },
        'authorization.mode',
      ),
    ],
    remedy: 'set authorization.mode: Webhook',
    needs: 'the API server needs rights on nodes/*',
    risk: 'C',
  },
  {
    id: '4.2.3',
    versions: ALL_CIS,
    component,
    title: 'client certificates are checked against a CA',
    demands: [
      demand('client-ca-file', 'string', { op: 'set' }, 'authentication.x509.clientCAFile'),
    ],
    remedy: 'set authentication.x509.clientCAFile',
    needs: 'a CA file on the host',
    risk: 'B',
  },
  {
    id: '4.2.4',
    versions: ALL_CIS,
    component,
    title: 'the read-only port is closed',
    demands: [
      demand('read-only-port', 'int', { op: 'eq', value: '0', unset: 'pass' }, 'readOnlyPort'),
    ],
    remedy: 'set readOnlyPort: 0',
    needs: `${RESTART}; what reads port 10255 breaks`,
    risk: 'C',
  },
  {
    id: '4.2.5',
    versions: ALL_CIS,
    component,
    title: 'idle streams end after a time',
    demands: [
      demand(
        'streaming-connection-idle-timeout',
        'duration',
        { op: 'not-eq', value: '0', unset: 'pass' },
        'streamingConnectionIdleTimeout',
      ),
    ],
    remedy: 'set streamingConnectionIdleTimeout to anything but 0',
    needs: RESTART,
    risk: 'A',
  },
  {
    id: '4.2.6',
    versions: ALL_CIS,
    component,
    title: 'the kubelet looks after its iptables chains',
    demands: [
      demand(
        'make-iptables-util-chains',
        'bool',
        { op: 'eq', value: 'true', unset: 'pass' },
        'makeIPTablesUtilChains',
      ),
    ],
    remedy: 'remove makeIPTablesUtilChains: false',
    needs: RESTART,
    risk: 'A',
  },
  {
    id: '4.2.7',
    versions: ALL_CIS,
    component,
    title: 'the node has the name of the host',
    demands: [{ flag: 'hostname-override', type: 'string', rule: { op: 'unset' } }],
    remedy: 'remove --hostname-override',
    needs: 'the node registers under another name',
    risk: 'D',
  },
  {
    id: '4.2.8',
    versions: ALL_CIS,
    component,
    title: 'events are not cut off below what is useful',
    demands: [
      demand('event-qps', 'int', { op: 'min', value: '0', unset: 'pass' }, 'eventRecordQPS'),
    ],
    remedy: 'set eventRecordQPS to 0 (no limit) or more',
    needs: RESTART,
    risk: 'A',
  },
  {
    id: '4.2.9',
    versions: ALL_CIS,
    component,
    title: 'the kubelet has a serving certificate',
    demands: [
      demand('tls-cert-file', 'string', { op: 'set' }, 'tlsCertFile'),
      demand('tls-private-key-file', 'string', { op: 'set' }, 'tlsPrivateKeyFile'),
    ],
    instead: demand(
      'rotate-server-certificates',
      'bool',
      { op: 'eq', value: 'true', unset: 'fail' },
      'serverTLSBootstrap',
    ),
    remedy: 'set tlsCertFile and tlsPrivateKeyFile, or use serverTLSBootstrap',
    needs: 'both files on the host',
    risk: 'B',
  },
  {
    id: '4.2.10',
    versions: ALL_CIS,
    component,
    title: 'the kubelet renews its client certificate',
    demands: [
      demand(
        'rotate-certificates',
        'bool',
        { op: 'eq', value: 'true', unset: 'pass' },
        'rotateCertificates',
      ),
    ],
    remedy: 'remove rotateCertificates: false',
    needs: RESTART,
    risk: 'A',
  },
  {
    id: '4.2.11',
    versions: ALL_CIS,
    component,
    title: 'the kubelet may renew its serving certificate',
    demands: [
      demand(
        'feature-gates',
        'map',
        { op: 'not-off', key: 'RotateKubeletServerCertificate' },
        'featureGates',
      ),
    ],
    remedy: 'take RotateKubeletServerCertificate: false out of featureGates',
    needs: 'with serverTLSBootstrap somebody has to approve the requests, or logs and exec break',
    risk: 'C',
  },
  {
    ...CIPHERS,
    versions: ['cis-1.9', 'cis-1.10', 'cis-1.11'],
    demands: suites(KUBELET_SUITES_1_9),
  },
  { ...CIPHERS, versions: ['cis-1.12', 'cis-2.0'], demands: suites(KUBELET_SUITES) },
  {
    id: '4.2.13',
    versions: ALL_CIS,
    component,
    title: 'a pod has a limit of processes',
    // The benchmark asks whether it is set; -1 is the default, no limit (kubelet: only what is above 0 counts).
    demands: [
      demand('pod-max-pids', 'int', { op: 'min', value: '1', unset: 'fail' }, 'podPidsLimit'),
    ],
    remedy: 'set podPidsLimit to a number above 0',
    needs: `${RESTART}; too low a limit ends workloads`,
    risk: 'C',
  },
  {
    id: '4.2.14',
    versions: ['cis-1.11', 'cis-1.12', 'cis-2.0'],
    component,
    title: 'pods get the seccomp profile of the runtime by default',
    // The benchmark asks whether it is set; only true has the effect.
    demands: [
      demand(
        'seccomp-default',
        'bool',
        { op: 'eq', value: 'true', unset: 'fail' },
        'seccompDefault',
      ),
    ],
    remedy: 'set seccompDefault: true',
    needs: `${RESTART}; workloads that need further system calls break`,
    risk: 'C',
  },
  {
    id: '4.2.15',
    versions: ['cis-1.11'],
    component,
    title: 'the service of the kubelet limits who may reach it',
    // Neither a flag nor a key of the KubeletConfiguration: a directive of systemd.resource-control(5).
    demands: [
      {
        flag: 'IPAddressDeny',
        type: 'string',
        rule: {
          op: 'manual',
          why: 'IPAddressDeny is a directive of the systemd unit, no flag',
          unset: 'manual',
        },
      },
    ],
    remedy: 'set IPAddressDeny and IPAddressAllow in the unit of the kubelet',
    needs: RESTART,
    risk: 'C',
  },
];
