import { describe, expect, it } from 'vitest';
import { CIS_ROWS } from '../../../../../src/catalogue/cis/rows.ts';
import type { CisVersion } from '../../../../../src/catalogue/cis/versions.ts';
import { judged, standing } from './judge.ts';

type Row = readonly [id: string, unset: string, good: string, bad: string];

const GCM = 'tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const WEAK = 'tls-cipher-suites=TLS_ECDHE_RSA_WITH_RC4_128_SHA';
const GATE = 'feature-gates=RotateKubeletServerCertificate';

/** Of kube-bench cfg/cis-1.12: what the row says where nothing is given, and of arguments next to each other that pass and fail; no dashes. */
const ROWS: readonly Row[] = [
  ['1.2.1', 'fail', 'anonymous-auth=false', 'anonymous-auth=true'],
  ['1.2.2', 'pass', 'profiling', 'token-auth-file=/t'],
  [
    '1.2.3',
    'fail',
    'enable-admission-plugins=DenyServiceExternalIPs',
    'enable-admission-plugins=A',
  ],
  ['1.2.4', 'fail', 'kubelet-client-certificate=/c kubelet-client-key=/k', 'kubelet-client-key=/k'],
  [
    '1.2.4',
    'fail',
    'kubelet-client-key=/k kubelet-client-certificate=/c',
    'kubelet-client-certificate=/c',
  ],
  ['1.2.5', 'fail', 'kubelet-certificate-authority=/ca', 'kubelet-certificate-authority='],
  ['1.2.6', 'fail', 'authorization-mode=Node,RBAC', 'authorization-mode=RBAC,AlwaysAllow'],
  ['1.2.7', 'fail', 'authorization-mode=Node,RBAC', 'authorization-mode=RBAC'],
  ['1.2.8', 'fail', 'authorization-mode=Node,RBAC', 'authorization-mode=Node'],
  ['1.2.9', 'fail', 'enable-admission-plugins=A,EventRateLimit', 'enable-admission-plugins=A'],
  ['1.2.10', 'pass', 'enable-admission-plugins=A', 'enable-admission-plugins=A,AlwaysAdmit'],
  ['1.2.11', 'fail', 'enable-admission-plugins=A,AlwaysPullImages', 'enable-admission-plugins=A'],
  ['1.2.12', 'pass', 'disable-admission-plugins=A', 'disable-admission-plugins=A,ServiceAccount'],
  ['1.2.13', 'pass', 'disable-admission-plugins=A', 'disable-admission-plugins=NamespaceLifecycle'],
  ['1.2.14', 'fail', 'enable-admission-plugins=A,NodeRestriction', 'enable-admission-plugins=A'],
  ['1.2.15', 'fail', 'profiling=false', 'profiling'],
  ['1.2.16', 'fail', 'audit-log-path=/l', 'audit-log-path='],
  ['1.2.17', 'fail', 'audit-log-maxage=30', 'audit-log-maxage=29'],
  ['1.2.18', 'fail', 'audit-log-maxbackup=10', 'audit-log-maxbackup=9'],
  ['1.2.19', 'fail', 'audit-log-maxsize=100', 'audit-log-maxsize=99'],
  ['1.2.21', 'pass', 'service-account-lookup', 'service-account-lookup=false'],
  ['1.2.22', 'fail', 'service-account-key-file=/k', 'service-account-key-file='],
  ['1.2.23', 'fail', 'etcd-certfile=/c etcd-keyfile=/k', 'etcd-certfile=/c'],
  ['1.2.23', 'fail', 'etcd-certfile=/c etcd-keyfile=/k', 'etcd-keyfile=/k'],
  ['1.2.24', 'fail', 'tls-cert-file=/c tls-private-key-file=/k', 'tls-private-key-file=/k'],
  ['1.2.25', 'fail', 'client-ca-file=/ca', 'client-ca-file='],
  ['1.2.26', 'fail', 'etcd-cafile=/ca', 'etcd-cafile='],
  ['1.2.27', 'fail', 'encryption-provider-config=/e', 'encryption-provider-config='],
  ['1.2.29', 'fail', GCM, WEAK],
  [
    '1.2.30',
    'fail',
    'service-account-extend-token-expiration=false',
    'service-account-extend-token-expiration',
  ],
  ['1.3.1', 'fail', 'terminated-pod-gc-threshold=1', 'terminated-pod-gc-threshold=0'],
  ['1.3.2', 'fail', 'profiling=false', 'profiling'],
  ['1.3.3', 'fail', 'use-service-account-credentials', 'use-service-account-credentials=false'],
  ['1.3.4', 'fail', 'service-account-private-key-file=/k', 'service-account-private-key-file='],
  ['1.3.5', 'fail', 'root-ca-file=/ca', 'root-ca-file='],
  ['1.3.6', 'pass', `${GATE}=true`, `${GATE}=false`],
  ['1.3.7', 'pass', 'bind-address=127.0.0.1', 'bind-address=0.0.0.0'],
  ['1.4.1', 'fail', 'profiling=false', 'profiling'],
  ['1.4.2', 'pass', 'bind-address=127.0.0.1', 'bind-address=0.0.0.0'],
  ['2.1', 'fail', 'cert-file=/c key-file=/k', 'cert-file=/c'],
  ['2.1', 'fail', 'cert-file=/c key-file=/k', 'key-file=/k'],
  ['2.2', 'fail', 'client-cert-auth', 'client-cert-auth=false'],
  ['2.3', 'pass', 'auto-tls=false', 'auto-tls'],
  ['2.4', 'fail', 'peer-cert-file=/c peer-key-file=/k', 'peer-cert-file=/c'],
  ['2.4', 'fail', 'peer-cert-file=/c peer-key-file=/k', 'peer-key-file=/k'],
  ['2.5', 'fail', 'peer-client-cert-auth', 'peer-client-cert-auth=false'],
  ['2.6', 'pass', 'peer-auto-tls=false', 'peer-auto-tls'],
  ['2.7', 'fail', 'trusted-ca-file=/ca', 'trusted-ca-file='],
  ['3.2.1', 'fail', 'audit-policy-file=/p', 'audit-policy-file='],
  ['4.2.1', 'fail', 'anonymous-auth=false', 'anonymous-auth'],
  ['4.2.2', 'fail', 'authorization-mode=Webhook', 'authorization-mode=AlwaysAllow'],
  ['4.2.3', 'fail', 'client-ca-file=/ca', 'client-ca-file='],
  ['4.2.4', 'pass', 'read-only-port=0', 'read-only-port=10255'],
  ['4.2.5', 'pass', 'streaming-connection-idle-timeout=5m', 'streaming-connection-idle-timeout=0s'],
  ['4.2.6', 'pass', 'make-iptables-util-chains', 'make-iptables-util-chains=false'],
  ['4.2.7', 'pass', 'v=2', 'hostname-override=x'],
  ['4.2.8', 'pass', 'event-qps=0', 'event-qps=-1'],
  ['4.2.9', 'fail', 'tls-cert-file=/c tls-private-key-file=/k', 'tls-cert-file=/c'],
  ['4.2.9', 'fail', 'rotate-server-certificates', 'tls-private-key-file=/k'],
  ['4.2.10', 'pass', 'rotate-certificates', 'rotate-certificates=false'],
  ['4.2.11', 'pass', `${GATE}=true`, `${GATE}=false`],
  ['4.2.12', 'fail', GCM, WEAK],
  ['4.2.13', 'fail', 'pod-max-pids=1', 'pod-max-pids=0'],
  ['4.2.14', 'fail', 'seccomp-default', 'seccomp-default=false'],
];

/** The same in the KubeletConfiguration: key, and what passes and fails there. */
const SETTINGS: readonly (readonly [id: string, key: string, good: unknown, bad: unknown])[] = [
  ['4.2.1', 'authentication.anonymous.enabled', false, true],
  ['4.2.2', 'authorization.mode', 'Webhook', 'AlwaysAllow'],
  ['4.2.3', 'authentication.x509.clientCAFile', '/ca', ''],
  ['4.2.4', 'readOnlyPort', 0, 10_255],
  ['4.2.5', 'streamingConnectionIdleTimeout', '4h0m0s', '0s'],
  ['4.2.6', 'makeIPTablesUtilChains', true, false],
  ['4.2.8', 'eventRecordQPS', 5, -1],
  ['4.2.9', 'serverTLSBootstrap', true, false],
  ['4.2.10', 'rotateCertificates', true, false],
  ['4.2.11', 'featureGates.RotateKubeletServerCertificate', true, false],
  ['4.2.12', 'tlsCipherSuites', [GCM.slice(18)], [WEAK.slice(18)]],
  ['4.2.13', 'podPidsLimit', 4096, -1],
  ['4.2.14', 'seccompDefault', true, false],
];

/** Rows that only a person can judge. */
const MANUAL = ['1.2.20', '1.2.28', '4.2.15'];

function args(text: string): readonly string[] {
  return text.split(' ').map((flag) => `--${flag}`);
}

function settingsOf(key: string, value: unknown): unknown {
  return key.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
}

describe('every row', () => {
  it('is in the table', () => {
    const rows = new Set(CIS_ROWS.map(({ id }) => id));
    expect([...rows].filter((id) => !ROWS.some(([one]) => one === id))).toEqual(MANUAL);
  });

  it.each(ROWS)('%s: nothing given is a %s, --%s passes, --%s fails', (id, unset, good, bad) => {
    const told = [standing(id, []), standing(id, args(good)), standing(id, args(bad))];
    expect(told).toEqual([unset, 'pass', 'fail']);
    expect(judged(id, args(bad)).reason).not.toBe('');
  });

  it.each(SETTINGS)('%s is %s in the file of the kubelet', (id, key, good, bad) => {
    const of = (value: unknown): string => standing(id, [], { settings: settingsOf(key, value) });
    expect([of(good), of(bad)]).toEqual(['pass', 'fail']);
    expect(judged(id, [], { settings: settingsOf(key, bad) }).reason).toMatch(/\S/);
  });

  it.each([
    ['4.2.9', { tlsCertFile: '/c', tlsPrivateKeyFile: '/k' }, 'pass'],
    ['4.2.9', { tlsCertFile: '/c' }, 'fail'],
    ['4.2.9', { tlsPrivateKeyFile: '/k' }, 'fail'],
  ] as const)('%s with %o is a %s', (id, settings, wanted) => {
    expect(standing(id, [], { settings })).toBe(wanted);
  });

  it('that only a person can judge says why', () => {
    const version: CisVersion = 'cis-1.11';
    expect(judged('4.2.15', [], { version })).toMatchObject({
      standing: 'manual',
      reason: 'IPAddressDeny is a directive of the systemd unit, no flag',
    });
    expect(judged('1.2.20', []).reason).toBe('what fits is for a person to say');
    expect(judged('1.2.28', args('encryption-provider-config=/e')).reason).toMatch(
      /^--encryption-provider-config is given: \S/,
    );
  });

  it('about another component is not applicable, and says of which it is', () => {
    expect(judged('1.4.1', [], { component: 'etcd' })).toEqual({
      standing: 'not-applicable',
      reason: 'etcd is no kube-scheduler',
      line: null,
    });
  });
});
