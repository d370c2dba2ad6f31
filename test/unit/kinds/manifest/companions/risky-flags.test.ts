import { expect, it } from 'vitest';
import { RISKY_FLAGS } from '../../../../../src/kinds/manifest/companions/risks/risky-flags.ts';
import { podOf, said, wants } from './companion-rig.ts';

type Row = readonly [
  component: string,
  flag: string,
  before: string | null,
  after: string | null,
  breaks: string,
];

const API = 'kube-apiserver';
const CONTROLLERS = 'kube-controller-manager';

/** One change for each risk: what breaks, in words of its warning. */
const ROWS: readonly Row[] = [
  [API, 'anonymous-auth', null, 'false', 'get 401'],
  [API, 'authorization-mode', 'Node,RBAC', 'RBAC', 'kubelets may do only'],
  [API, 'authorization-mode', 'Node,RBAC', 'Node', 'roles grant nothing'],
  [API, 'authorization-mode', 'Node', 'Node,AlwaysAllow', 'may do everything'],
  [API, 'kubelet-certificate-authority', null, '/ca', 'logs, exec and port-forward fail'],
  [API, 'service-account-extend-token-expiration', null, 'false', 'refused an hour later'],
  [API, 'token-auth-file', '/t', null, 'a token of that file is locked out'],
  [API, 'client-ca-file', '/a', '/b', 'client certificates that the new CA file'],
  [API, 'service-account-key-file', '/a', '/b', 'tokens whose key is not in the new file'],
  [API, 'service-account-issuer', 'https://a', 'https://b', 'the first issuer signs'],
  [API, 'bind-address', null, '127.0.0.1', 'nobody but this machine'],
  [API, 'bind-address', null, '10.0.0.5', 'another address of this machine'],
  [API, 'secure-port', '6443', '7443', 'names the former port'],
  [API, 'etcd-servers', 'https://a:1', 'https://b:1', 'what is in the other store'],
  [API, 'etcd-prefix', '/a', '/b', 'under the other prefix'],
  [API, 'service-account-signing-key-file', '/a', '/b', 'has the public key'],
  [API, 'tls-min-version', 'VersionTLS12', 'VersionTLS13', 'clients without TLS 1.3'],
  [API, 'enable-admission-plugins', 'A', 'A,AlwaysPullImages', 'while its registry answers'],
  [API, 'enable-admission-plugins', 'A', 'A,DenyServiceExternalIPs', 'cannot get externalIPs'],
  [API, 'disable-admission-plugins', 'A', 'A,NodeRestriction', 'objects of other nodes'],
  [CONTROLLERS, 'bind-address', '0.0.0.0', '127.0.0.1', 'its metrics cannot be read'],
  ['kube-scheduler', 'bind-address', '0.0.0.0', '127.0.0.1', 'its metrics cannot be read'],
  [CONTROLLERS, 'use-service-account-credentials', null, 'true', 'whose role is missing'],
  [CONTROLLERS, 'service-account-private-key-file', '/a', '/b', 'lacks the public key'],
  ['etcd', 'client-cert-auth', null, 'true', 'without a certificate of the trusted CA'],
  ['etcd', 'peer-client-cert-auth', null, 'true', 'members without a certificate'],
  ['etcd', 'data-dir', '/a', '/b', 'in the other directory, which may be nothing'],
  ['etcd', 'wal-dir', '/a', '/b', 'looks for its log'],
  ['etcd', 'wal-dir', null, '/b', 'looks for its log'],
  ['etcd', 'client-cert-auth', 'true', 'false', 'Secrets too'],
  ['etcd', 'client-cert-auth', 'true', null, 'Secrets too'],
  ['etcd', 'peer-client-cert-auth', 'true', null, 'as a member'],
  ['etcd', 'unsafe-no-fsync', null, 'true', 'when the power goes'],
  [CONTROLLERS, 'controllers', '*,x', 'x', 'that are named run'],
  [CONTROLLERS, 'use-service-account-credentials', 'true', null, 'share one identity'],
  [API, 'requestheader-allowed-names', 'a', null, 'speak for any user'],
];

/** What takes nothing from anybody. */
const HARMLESS: readonly (readonly [string, string, string | null, string | null])[] = [
  ['etcd', 'client-cert-auth', 'false', null],
  [CONTROLLERS, 'controllers', '*', '*,-x'],
  [API, 'requestheader-allowed-names', 'a,b', 'b'],
];

it('every risk is in the table', () => {
  const told = RISKY_FLAGS.map(({ breaks }) => breaks);
  expect(told.filter((one) => !ROWS.some(([, , , , words]) => one.includes(words)))).toEqual([]);
});

/** Warnings of one flag that comes to another value. */
function risks(
  component: string,
  flag: string,
  before: string | null,
  after: string | null,
): readonly string[] {
  const command = [component, '--v=2', ...(before === null ? [] : [`--${flag}=${before}`])];
  return said(wants({ [flag]: after, v: '3' }), podOf({ command }))
    .filter(({ code }) => code === 'SP2125')
    .map(({ message }) => message);
}

it.each(HARMLESS)('%s --%s from %s to %s takes nothing away', (...row) => {
  expect(risks(...row)).toEqual([]);
});

it.each(ROWS)('%s --%s from %s to %s is told with what breaks', (...row) => {
  const [component, flag, before, after, breaks] = row;
  expect(risks(component, flag, before, after).filter((one) => one.includes(breaks))).toHaveLength(
    1,
  );
  expect(risks(component, flag, before, after).join()).toMatch(
    /add an? |the gates of its probes|it has no probe/,
  );
  expect(risks(component, flag, before, before)).toEqual([]);
});
