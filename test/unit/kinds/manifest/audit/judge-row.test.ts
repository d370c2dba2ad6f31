import { describe, expect, it } from 'vitest';
import type { CisVersion } from '../../../../../src/catalogue/cis/versions.ts';
import { judged, standing } from './judge.ts';

function of(version: CisVersion, args: readonly string[]): string {
  return standing('1.2.29', args, { version });
}

describe('booleans', () => {
  it.each(['false', '0', 'f', 'F', 'FALSE', 'False'])('%s is false', (text) => {
    expect(standing('1.2.15', [`--profiling=${text}`])).toBe('pass');
  });

  it.each(['true', '1', 'T', 'no', 'off', '', '"false"'])('%s is not', (text) => {
    expect(standing('1.2.15', [`--profiling=${text}`])).toBe('fail');
  });

  it('a bare one is true', () => {
    expect(standing('1.2.15', ['--profiling'])).toBe('fail');
    expect(standing('1.3.3', ['--use-service-account-credentials'])).toBe('pass');
  });

  it('a value as an argument of its own is none: the flag is on and the component refuses the rest', () => {
    const verdict = judged('1.2.15', ['--profiling', 'false', '--secure-port=6443']);
    expect(verdict.standing).toBe('fail');
    expect(verdict.reason).toContain('write --profiling=false');
  });

  it('the last of several counts', () => {
    expect(standing('1.2.15', ['--profiling=true', '--profiling=false'])).toBe('pass');
    expect(standing('1.2.15', ['--profiling=false', '--profiling'])).toBe('fail');
  });

  it('not given fails where the default is bad, and passes where it is good', () => {
    expect(judged('1.2.15', [])).toMatchObject({
      standing: 'fail',
      reason: '--profiling is not given',
    });
    const ids = ['1.2.10', '1.2.12', '1.2.13', '1.2.21', '1.3.6', '1.3.7', '1.4.2', '2.3', '2.6'];
    expect(ids.filter((id) => standing(id, []) !== 'pass')).toEqual([]);
  });
});

describe('spelling', () => {
  it('_ is - for kube components, not for etcd', () => {
    expect(standing('1.2.17', ['--audit_log_maxage=30'])).toBe('pass');
    expect(standing('2.1', ['--cert_file=/c', '--key_file=/k'])).toBe('fail');
  });

  it('one dash is a flag for etcd only', () => {
    expect(standing('2.1', ['-cert-file=/c', '-key-file', '/k'])).toBe('pass');
    expect(standing('1.2.17', ['-audit-log-maxage=30'])).toBe('fail');
  });

  it('a value may be the next argument, even one that looks like a flag', () => {
    expect(standing('1.2.17', ['--audit-log-maxage', '30'])).toBe('pass');
    expect(standing('1.2.15', ['--tls-cert-file', '--profiling=false'])).toBe('fail');
    // Of no row: by the catalogue, as are booleans.
    expect(standing('1.2.15', ['--etcd-prefix', '--profiling=false'])).toBe('fail');
    expect(standing('1.2.15', ['--allow-privileged', '--profiling=false'])).toBe('pass');
  });

  it('a flag that only begins or ends alike is another one', () => {
    const args = ['--encryption-provider-config-automatic-reload=true'];
    expect(standing('1.2.27', args)).toBe('fail');
    expect(standing('1.2.15', ['--contention-profiling=false'])).toBe('fail');
  });

  it('what follows -- or, for etcd, a text that is no flag, is none', () => {
    expect(standing('1.2.15', ['--', '--profiling=false'])).toBe('fail');
    expect(standing('2.2', ['grpc-proxy', '--client-cert-auth'])).toBe('fail');
  });
});

describe('numbers', () => {
  it('are compared as numbers, in the notations of Go', () => {
    expect(standing('1.2.18', ['--audit-log-maxbackup=9'])).toBe('fail');
    expect(standing('1.2.18', ['--audit-log-maxbackup=10'])).toBe('pass');
    expect(standing('1.2.19', ['--audit-log-maxsize=0x64'])).toBe('pass');
    expect(standing('1.2.19', ['--audit-log-maxsize=0100'])).toBe('fail');
    expect(standing('1.2.17', ['--audit-log-maxage=1_000'])).toBe('pass');
    expect(standing('1.2.17', ['--audit-log-maxage=30d'])).toBe('fail');
  });

  it('a threshold of 0 switches the collector off', () => {
    expect(standing('1.3.1', ['--terminated-pod-gc-threshold=0'])).toBe('fail');
    expect(standing('1.3.1', ['--terminated-pod-gc-threshold=10'])).toBe('pass');
  });
});

describe('lists', () => {
  it('elements are compared whole', () => {
    expect(standing('1.2.7', ['--authorization-mode=NodeX,RBAC'])).toBe('fail');
    expect(standing('1.2.7', ['--authorization-mode=Node,RBAC'])).toBe('pass');
    expect(standing('1.2.8', ['--authorization-mode=Node, RBAC'])).toBe('fail');
  });

  it('several occurrences append', () => {
    const args = ['--authorization-mode=Node', '--authorization-mode', 'RBAC'];
    expect(standing('1.2.7', args)).toBe('pass');
    expect(standing('1.2.8', args)).toBe('pass');
    expect(standing('1.2.6', [...args, '--authorization-mode=AlwaysAllow'])).toBe('fail');
  });

  it('not given, the API server allows everything', () => {
    expect(standing('1.2.6', [])).toBe('fail');
    expect(standing('1.2.6', ['--authorization-mode='])).toBe('fail');
  });

  it('quotes are those of CSV', () => {
    expect(standing('1.2.14', ['--enable-admission-plugins="NodeRestriction",X'])).toBe('pass');
    expect(standing('1.2.14', ['--enable-admission-plugins="NodeRestriction'])).toBe('fail');
  });

  it('every cipher has to be a good one of that version', () => {
    const rsa = ['--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256'];
    const cbc = ['--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'];
    const gcm = '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
    expect([of('cis-1.9', rsa), of('cis-1.11', rsa)]).toEqual(['pass', 'fail']);
    expect([of('cis-1.11', cbc), of('cis-1.12', cbc)]).toEqual(['pass', 'fail']);
    expect([of('cis-1.12', [gcm]), of('cis-1.12', [gcm, ...cbc])]).toEqual(['pass', 'fail']);
    expect(of('cis-1.12', [])).toBe('fail');
  });
});

describe('maps', () => {
  const gate = 'RotateKubeletServerCertificate';

  it('merge by key, the last one wins', () => {
    expect(standing('1.3.6', [`--feature-gates=A=true,${gate}=false`])).toBe('fail');
    expect(standing('1.3.6', [`--feature-gates=${gate}=0`])).toBe('fail');
    const both = [`--feature-gates=${gate}=false`, `--feature-gates=${gate}=true,A=false`];
    expect(standing('1.3.6', both)).toBe('pass');
    expect(standing('1.3.6', [`--feature-gates=kube:${gate}=false`])).toBe('fail');
  });

  it('AllBeta=false turns a beta gate off unless it is named', () => {
    expect(standing('1.3.6', ['--feature-gates=AllBeta=false'])).toBe('fail');
    expect(standing('1.3.6', [`--feature-gates=AllBeta=false,${gate}=true`])).toBe('pass');
  });
});

describe('texts', () => {
  it('an empty one is not set', () => {
    expect(standing('1.2.16', ['--audit-log-path='])).toBe('fail');
    expect(standing('1.2.2', ['--token-auth-file='])).toBe('pass');
    expect(standing('1.2.2', ['--token-auth-file=/t.csv'])).toBe('fail');
  });

  it('both files of a pair have to be there', () => {
    expect(judged('1.2.24', ['--tls-cert-file=/c'])).toMatchObject({
      standing: 'fail',
      reason: '--tls-private-key-file is not given',
    });
    expect(standing('1.2.24', ['--tls-cert-file=/c', '--tls-private-key-file=/k'])).toBe('pass');
  });

  it('a key file may be given several times', () => {
    const args = ['--service-account-key-file=/a', '--service-account-key-file=/b'];
    expect(judged('1.2.22', args)).toMatchObject({ standing: 'pass', reason: args.join(' ') });
  });
});

describe('what no flag tells', () => {
  it('is for a person: other files decide', () => {
    const config = '--authorization-config=/etc/kubernetes/authz.yaml';
    expect(judged('1.2.6', [config])).toMatchObject({ standing: 'manual' });
    expect(standing('1.2.28', ['--encryption-provider-config=/e.yaml'])).toBe('manual');
    expect(standing('1.2.28', [])).toBe('fail');
    expect(standing('1.2.20', [])).toBe('manual');
    expect(standing('1.2.20', ['--request-timeout=300s'])).toBe('manual');
  });

  it('1.2.1 accepts an authentication configuration from 2.1 on only', () => {
    const args = ['--authentication-config=/etc/kubernetes/authn.yaml'];
    expect(standing('1.2.1', args, { version: 'cis-2.0' })).toBe('fail');
    expect(standing('1.2.1', args, { version: 'cis-2.1' })).toBe('manual');
    expect(standing('1.2.1', ['--anonymous-auth=false'], { version: 'cis-2.1' })).toBe('pass');
  });
});

describe('etcd', () => {
  it('takes variables where a flag is not given, and no empty ones', () => {
    const environment = { ETCD_CERT_FILE: '/c', ETCD_KEY_FILE: '/k', ETCD_CLIENT_CERT_AUTH: '1' };
    expect(standing('2.1', [], { environment })).toBe('pass');
    expect(standing('2.2', [], { environment })).toBe('pass');
    expect(standing('2.2', ['--client-cert-auth=false'], { environment })).toBe('fail');
    expect(standing('2.7', [], { environment: { ETCD_TRUSTED_CA_FILE: '' } })).toBe('fail');
  });

  it('is for a person to look at where variables cannot be seen', () => {
    expect(standing('2.2', [], { environment: null })).toBe('manual');
    expect(standing('2.2', [], { environment: { '': null } })).toBe('manual');
    expect(standing('2.2', [], { environment: { ETCD_CLIENT_CERT_AUTH: null } })).toBe('manual');
    expect(standing('2.2', ['--client-cert-auth'], { environment: null })).toBe('pass');
  });

  it('ignores flags when it has a configuration file', () => {
    const file = ['--config-file=/etc/etcd.yaml', '--client-cert-auth=true'];
    expect(standing('2.2', file)).toBe('manual');
    expect(standing('2.2', [], { environment: { ETCD_CONFIG_FILE: '/e.yaml' } })).toBe('manual');
  });
});

describe('the kubelet', () => {
  const settings = {
    authentication: { anonymous: { enabled: false } },
    authorization: { mode: 'Webhook' },
    readOnlyPort: 0,
    streamingConnectionIdleTimeout: '0s',
    tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    featureGates: { RotateKubeletServerCertificate: false },
  };

  it('is read from its file, and flags win', () => {
    expect(standing('4.2.1', [], { settings })).toBe('pass');
    expect(standing('4.2.1', ['--anonymous-auth=true'], { settings })).toBe('fail');
    expect(standing('4.2.2', [], { settings })).toBe('pass');
    expect(standing('4.2.4', [], { settings })).toBe('pass');
    expect(standing('4.2.5', [], { settings })).toBe('fail');
    expect(standing('4.2.11', [], { settings })).toBe('fail');
    expect(standing('4.2.12', [], { settings })).toBe('fail');
    expect(standing('4.2.10', [], { settings })).toBe('pass');
  });

  it('may get its serving certificate from the cluster', () => {
    expect(standing('4.2.9', [], { settings })).toBe('fail');
    expect(standing('4.2.9', [], { settings: { serverTLSBootstrap: true } })).toBe('pass');
    expect(standing('4.2.9', ['--rotate-server-certificates'], { settings })).toBe('pass');
    expect(standing('4.2.9', [], { settings: { serverTLSBootstrap: false } })).toBe('fail');
  });

  it('limits the processes of a pod by a number above 0', () => {
    expect([limited(4096), limited(0), limited(-1)]).toEqual(['pass', 'fail', 'fail']);
    expect(standing('4.2.13', [], { settings })).toBe('fail');
  });

  it('is told where to mend what a flag decides', () => {
    expect(judged('4.2.4', ['--read-only-port=10255'], { settings }).reason).toMatch(
      /not 0; the flag wins over readOnlyPort: .*kubeadm-flags\.env/,
    );
    expect(judged('4.2.4', [], { settings: { readOnlyPort: 10255 } }).reason).not.toContain('wins');
  });
});

function limited(podPidsLimit: number): string {
  return standing('4.2.13', [], { settings: { podPidsLimit } });
}
