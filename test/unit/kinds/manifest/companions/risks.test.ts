import { describe, expect, it } from 'vitest';
import { podOf, said, wants } from './companion-rig.ts';

type Flags = Readonly<Record<string, string | null>>;

describe('a change that takes something away', () => {
  it.each<[string, readonly string[], Flags, string]>([
    ['etcd', ['--client-cert-auth=true'], { 'client-cert-auth': 'false' }, 'Secrets too'],
    ['etcd', ['--client-cert-auth'], { 'client-cert-auth': null }, 'Secrets too'],
    ['etcd', ['--client-cert-auth=false'], { 'client-cert-auth': null }, ''],
    ['etcd', ['--peer-client-cert-auth=true'], { 'peer-client-cert-auth': null }, 'as a member'],
    ['etcd', [], { 'unsafe-no-fsync': 'true' }, 'when the power goes'],
    ['etcd', [], { 'wal-dir': '/wal' }, 'looks for its log'],
    ['etcd', ['--wal-dir=/wal'], { 'wal-dir': null }, 'looks for its log'],
    ['kube-controller-manager', ['--controllers=*,x'], { controllers: 'x' }, 'that are named run'],
    ['kube-controller-manager', ['--controllers=*'], { controllers: '*,-x' }, ''],
    [
      'kube-controller-manager',
      ['--use-service-account-credentials=true'],
      { 'use-service-account-credentials': null },
      'share one identity',
    ],
    [
      'kube-apiserver',
      ['--requestheader-allowed-names=a'],
      { 'requestheader-allowed-names': null },
      'speak for any user',
    ],
    [
      'kube-apiserver',
      ['--requestheader-allowed-names=a,b'],
      { 'requestheader-allowed-names': 'b' },
      '',
    ],
  ])('%s with %j that gets %j: %s', (component, given, flags, words) => {
    const image = podOf({ command: [component, '--v=2', ...given] });
    const found = said(wants(flags), image).filter(({ code }) => code === 'SP2125');
    expect(found.map(({ message }) => message.includes(words))).toEqual(words === '' ? [] : [true]);
  });
});
