import { describe, expect, it } from 'vitest';
import { RISKY_FLAGS } from '../../../../../src/kinds/manifest/companions/risks/risky-flags.ts';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { Circumstances } from '../../../../../src/kinds/surroundings.ts';
import type { PlanName } from '../../../../../src/model/brand.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../../../src/model/plan-file.ts';
import {
  absent,
  elements,
  fixture,
  imageOf,
  kind,
  PATH,
  specOf,
  textOf,
  value,
} from '../manifest-rig.ts';
import { applied, podOf, said, wants } from './companion-rig.ts';

const API = fixture('kubeadm-kube-apiserver.yaml');

type Flags = Readonly<Record<string, string | null>>;
type Extra = Parameters<typeof wants>[1];

function risks(flags: Flags, image = API): readonly string[] {
  return said(wants(flags, { irreversible: 'acknowledged' }), image)
    .filter(({ code }) => code === 'SP2125')
    .map(({ message }) => message);
}

function refused(flags: Flags, extra?: Extra, image = API): readonly string[] {
  const found = said(wants(flags, extra), image).filter(({ code }) => code === 'SP2120');
  for (const { severity, help } of found) {
    expect(severity).toBe('error');
    expect(help).toContain('irreversible: acknowledged');
  }
  return found.map(({ message }) => message);
}

function gone(flags: ManifestSpec['flags'], image = API) {
  return said(specOf(flags), image).filter(({ code }) => code === 'SP2118' || code === 'SP2125');
}

const ENCRYPTED = imageOf(
  textOf(API).replace('    - --allow-privileged', '    - --encryption-provider-config=/a\n$&'),
);

function by(acknowledged: boolean, keys: readonly string[] = []): Circumstances {
  const change = {
    plan: 'secrets' as PlanName,
    acknowledged,
    declares: (key: string) => keys.includes(key),
  };
  return { ...NOBODY_LOOKED, change };
}

/** Refusals of what a plan that is gone would take away. */
function said2120(acknowledged: boolean) {
  const told = kind.judge(null, ENCRYPTED, API, PATH, by(acknowledged));
  return told.filter(({ code }) => code === 'SP2120');
}

describe('risky values', () => {
  it.each<[Flags, string]>([
    [{ 'anonymous-auth': '0' }, '401'],
    [{ 'authorization-mode': 'RBAC' }, '--authorization-mode without Node'],
    [{ 'authorization-mode': 'Node' }, '--authorization-mode without RBAC'],
    [{ 'authorization-mode': 'Node,RBAC,AlwaysAllow' }, 'with AlwaysAllow'],
    [{ 'authorization-mode': null }, 'without --authorization-mode it is AlwaysAllow'],
    [{ 'kubelet-certificate-authority': '/pki/ca.crt' }, 'logs, exec and port-forward'],
    [{ 'service-account-extend-token-expiration': 'false' }, 'an hour later'],
    [{ 'client-ca-file': null }, 'without --client-ca-file'],
    [{ 'service-account-issuer': 'https://other' }, 'first issuer signs'],
    [{ 'bind-address': '127.0.0.1' }, 'nobody but this machine'],
    [{ 'bind-address': '192.168.10.11' }, 'those on 127.0.0.1 too'],
    [{ 'enable-admission-plugins': 'NodeRestriction,AlwaysPullImages' }, 'AlwaysPullImages'],
    [{ 'secure-port': '7443' }, 'every kubeconfig'],
    [{ 'etcd-prefix': '/foo' }, 'under the other prefix'],
    [{ 'service-account-signing-key-file': '/etc/kubernetes/pki/b.key' }, 'new tokens are refused'],
  ])('%j is warned of, with what breaks', (flags, words) => {
    const [only, ...others] = risks(flags);
    expect(others).toEqual([]);
    expect(only).toContain(words);
    expect(only).not.toContain('\n');
  });

  it.each<[Flags]>([
    [{ 'anonymous-auth': 'true' }],
    [{ 'authorization-mode': 'RBAC,Node' }],
    [{ 'bind-address': '0.0.0.0' }],
    [{ 'client-ca-file': '/etc/kubernetes/pki/ca.crt' }],
    [{ 'service-account-extend-token-expiration': 'T' }],
    [{ profiling: 'false' }],
    [{ 'secure-port': null }],
    [{ 'etcd-prefix': '/registry' }],
  ])('%j takes nothing from anybody', (flags) => {
    expect(risks(flags)).toEqual([]);
  });

  it.each([
    ['added', ['https://kubernetes.default.svc.cluster.local', 'https://b'], 0],
    ['put first', ['https://b', 'https://kubernetes.default.svc.cluster.local'], 1],
    ['in place of the first', ['https://b'], 1],
  ])('an issuer %s: warned of when the first changes or one goes', (_name, issuers, told) => {
    const item = '    - --service-account-issuer=';
    const lines = issuers.map((one) => `${item}${one}\n`).join('');
    const after = imageOf(textOf(API).replace(/ *- --service-account-issuer=.*\n/, lines));
    const found = kind
      .judge(wants({ profiling: 'false' }), API, after, PATH, NOBODY_LOOKED)
      .filter(({ code }) => code === 'SP2125');
    expect(found).toHaveLength(told);
  });

  it('are told only when the change brings them', () => {
    const image = imageOf(
      textOf(API).replace('    - --allow-privileged', '    - --anonymous-auth=F\n$&'),
    );
    expect(risks({ 'anonymous-auth': 'false', profiling: 'false' }, image)).toEqual([]);
  });

  it('are told with the gate that sees them, or the one to add', () => {
    const [seen] = risks({ 'anonymous-auth': 'false' });
    expect(seen).toMatch(/the gates of its probes see it$/);
    const bare = podOf({ command: ['kube-apiserver'] });
    expect(risks({ 'anonymous-auth': 'false' }, bare)[0]).toMatch(/has no probe that would see it/);
    expect(risks({ 'kubelet-certificate-authority': '/a' })[0]).toMatch(
      /no gate of its own sees it, add a command gate/,
    );
  });

  it('belong to a component', () => {
    expect(risks({ 'anonymous-auth': 'false' }, podOf({ command: ['other'] }))).toEqual([]);
    expect(risks({ 'client-cert-auth': 'true' }, podOf({ command: ['etcd'] }))).toHaveLength(1);
  });

  it('have sentences that fit on a line', () => {
    for (const { breaks, seen } of RISKY_FLAGS) {
      expect(breaks).toMatch(/^[^\n]{10,100}[^.]$/);
      const add = seen === 'probes' ? 'a gate' : seen.add;
      expect(add).toMatch(/^(a|an) [^\n]{3,70}[^.]$/);
    }
  });
});

describe('a flag without which the component does not start', () => {
  const issuer = 'https://kubernetes.default.svc.cluster.local';

  it.each<[string, FlagDeclaration]>([
    ['etcd-servers', absent],
    ['etcd-servers', elements([], ['https://127.0.0.1:2379'])],
    ['service-account-issuer', absent],
    ['service-account-issuer', elements([], [issuer])],
    ['service-account-signing-key-file', absent],
    ['service-account-signing-key-file', value('')],
  ])('--%s is not taken away: %j', (flag, declaration) => {
    const [only, ...others] = gone({ [flag]: declaration });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ code: 'SP2118', severity: 'error', flag });
    expect(only?.message).toContain(`kube-apiserver does not start without --${flag}`);
  });

  it('may be another one that stands in, or not be there before', () => {
    const endpoint = { 'service-account-signing-endpoint': value('/run/signer.sock') };
    const flags = { ...endpoint, 'service-account-signing-key-file': absent };
    expect(gone(flags).filter(({ code }) => code === 'SP2118')).toEqual([]);
    expect(gone({ 'etcd-servers': absent }, podOf({ command: ['kube-apiserver'] }))).toEqual([]);
  });

  it('is that of its component', () => {
    const other = podOf({ command: ['other', '--etcd-servers=https://a'] });
    expect(gone({ 'etcd-servers': absent }, other)).toEqual([]);
  });
});

describe('what no restored file takes back', () => {
  it('is refused when it is set, changed or removed', () => {
    expect(refused({ 'encryption-provider-config': '/a' })[0]).toContain('encrypted');
    expect(refused({ 'encryption-provider-config': '/b' }, {}, ENCRYPTED)).toHaveLength(1);
    expect(refused({ 'encryption-provider-config': null }, {}, ENCRYPTED)).toHaveLength(1);
  });

  it('is done when it is acknowledged, and needs nothing where it already is so', () => {
    const acknowledged = { irreversible: 'acknowledged' } as const;
    expect(refused({ 'encryption-provider-config': '/a' }, acknowledged)).toEqual([]);
    expect(
      refused({ 'encryption-provider-config': '/a', profiling: 'false' }, {}, ENCRYPTED),
    ).toEqual([]);
  });

  it('is refused for a plan that is gone, by its name, until somebody says that name', () => {
    const [refusal, ...others] = said2120(false);
    expect(others).toEqual([]);
    expect(refusal?.message).toContain(
      'plan secrets would take --encryption-provider-config away, and restoring the file',
    );
    expect(refusal?.help).toContain('--acknowledge-irreversible secrets`');
    expect(said2120(true)).toEqual([]);
  });

  it('asks the resource that declares it, not another one of the file, nor the command line', () => {
    const after = applied(wants({ 'encryption-provider-config': '/b' }), ENCRYPTED).after;
    const judged = (flags: Flags, keys: readonly string[], acknowledged = false) =>
      kind
        .judge(wants(flags), ENCRYPTED, after, PATH, by(acknowledged, keys))
        .filter(({ code }) => code === 'SP2120').length;
    const key = 'flags/kube-apiserver/encryption-provider-config';
    expect(judged({ 'encryption-provider-config': '/b' }, [key], true)).toBe(1);
    expect(judged({ profiling: 'false' }, [key])).toBe(0);
    expect(judged({ profiling: 'false' }, [])).toBe(1);
    expect(judged({ profiling: 'false' }, [], true)).toBe(0);
  });

  it('knows encryption by its former name, too', () => {
    expect(refused({ 'experimental-encryption-provider-config': '/a' })).toHaveLength(1);
  });

  it('knows a new cluster of etcd', () => {
    expect(refused({ 'force-new-cluster': 'true' }, {}, podOf({ command: ['etcd'] }))).toHaveLength(
      1,
    );
    const etcd = podOf({ command: ['etcd', '--force-new-cluster=true'] });
    expect(refused({ 'force-new-cluster': null }, {}, etcd)).toHaveLength(1);
    expect(refused({ 'force-new-cluster': 'false' }, {}, podOf({ command: ['etcd'] }))).toEqual([]);
  });
});
