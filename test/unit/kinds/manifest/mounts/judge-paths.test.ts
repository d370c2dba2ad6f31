import { describe, expect, it } from 'vitest';
import { judgeOpenedMounts } from '../../../../../src/kinds/manifest/mounts/judge-opened.ts';
import { judgePaths } from '../../../../../src/kinds/manifest/mounts/judge-paths.ts';
import type { Present } from '../../../../../src/kinds/surroundings.ts';
import type { HostPath } from '../../../../../src/model/brand.ts';
import type { ManifestSpec } from '../../../../../src/model/plan-file.ts';
import { elements, fixture, good, imageOf, kind, PATH, textOf, value } from '../manifest-rig.ts';
import { mounted, mountSpec } from './mounts-rig.ts';
import type { MountWish } from './mounts-rig.ts';

const KUBEADM = fixture('kubeadm-kube-apiserver.yaml');
const POLICY = '/etc/kubernetes/audit/policy.yaml';
const LOG = '/var/log/kubernetes/audit/audit.log';

const SELF_SIGNED = imageOf(
  textOf(KUBEADM).replaceAll(/ *- --tls-(cert|private-key)-file=.*\n/g, ''),
);

type Host = Readonly<Record<string, Present>>;

/** What is said of a kubeadm API server that gets these flags and mounts. */
function told(
  flags: Readonly<Record<string, string>>,
  mounts: readonly MountWish[] = [],
  host: Host = {},
  more: Partial<ManifestSpec> = {},
  original = KUBEADM,
): readonly string[] {
  const declared = Object.fromEntries(
    Object.entries(flags).map(([name, text]) => [name, value(text)]),
  );
  const spec = { ...mountSpec(mounts, declared), ...more };
  const { image } = mounted(original, mounts, declared);
  const at = (path: string): Present => host[path] ?? 'absent';
  return judgePaths(spec, original, image, PATH, { at }).map(
    ({ code, message, help }) => `${code} ${message.replace(`${PATH}: `, '')} | ${help ?? ''}`,
  );
}

describe('a flag that names a path', () => {
  it('under no mount is refused with the mount to add', () => {
    expect(told({ 'audit-policy-file': POLICY })).toEqual([
      `SP2084 --audit-policy-file names ${POLICY}, which is under no mount of container kube-apiserver | add \`mounts: [{path: ${POLICY}, type: File, readOnly: true}]\` to its resource, or say \`pathCheck: off\` in its resource where the image has it`,
    ]);
    expect(told({ 'audit-log-path': LOG }).join()).toContain(
      'mounts: [{path: /var/log/kubernetes/audit, type: DirectoryOrCreate}]',
    );
    expect(told({ 'cert-dir': '/var/run/kubernetes' }, [], {}, {}, SELF_SIGNED).join()).toContain(
      'mounts: [{path: /var/run/kubernetes, type: DirectoryOrCreate}]',
    );
    // It is not looked into where a certificate is given.
    expect(told({ 'cert-dir': '/var/run/kubernetes' })).toEqual([]);
  });

  it('is looked for on the host, through the mount that is nearest', () => {
    const outer = { path: '/etc/kubernetes', hostPath: '/srv/all' };
    const inner = { path: '/etc/kubernetes/audit', hostPath: '/srv/audit' };
    for (const both of [
      [outer, inner],
      [inner, outer],
    ]) {
      expect(told({ 'audit-policy-file': POLICY }, both).join()).toContain(
        ': /srv/audit/policy.yaml is not on the host',
      );
    }
    const mounts = [{ path: '/etc/kubernetes/audit', hostPath: '/srv/audit' }];
    const flags = { 'audit-policy-file': POLICY };
    expect(told(flags, mounts).join()).toContain(
      `SP2085 --audit-policy-file names ${POLICY}: /srv/audit/policy.yaml is not on the host`,
    );
    expect(told(flags, mounts, { '/srv/audit/policy.yaml': 'file' })).toEqual([]);
    expect(told(flags, mounts, { '/srv/audit/policy.yaml': 'unknown' })).toEqual([]);
    expect(told(flags, mounts, { '/srv/audit/policy.yaml': 'directory' }).join()).toContain(
      'is a directory on the host',
    );
    const asked = kind.looksAt(
      [mountSpec(mounts, { 'audit-policy-file': value(POLICY) })],
      KUBEADM,
      PATH,
    );
    expect(asked).toEqual(['/srv/audit', '/srv/audit/policy.yaml']);
  });

  it('finds mounts that the manifest has already', () => {
    const flags = { 'client-ca-file': '/etc/kubernetes/pki/other.crt' };
    expect(told(flags).join()).toContain('/etc/kubernetes/pki/other.crt is not on the host');
    expect(told(flags, [], { '/etc/kubernetes/pki/other.crt': 'file' })).toEqual([]);
  });

  it('is not there where the kubelet would create an empty one', () => {
    const flags = { 'audit-policy-file': POLICY };
    const mounts = [{ path: POLICY, type: 'FileOrCreate' }] as const;
    expect(told(flags, mounts).join()).toContain('FileOrCreate makes an empty one');
    expect(told(flags, mounts, { [POLICY]: 'file' })).toEqual([]);
  });

  it('counts as there where the kubelet creates a directory', () => {
    const directory = '/etc/kubernetes/certs';
    const flags = { 'cert-dir': directory };
    const readOnly = { path: directory, readOnly: true };
    expect(told(flags, [{ ...readOnly, type: 'DirectoryOrCreate' }])).toEqual([]);
    expect(told(flags, [{ ...readOnly, type: 'Directory' }]).join()).toContain(
      'is not on the host',
    );
  });

  it.each([
    ['a URL path', 'metrics-path', '/metrics'],
    ['a value that is no path', 'audit-log-path', '-'],
    ['a prefix in etcd', 'etcd-prefix', '/registry'],
    ['another kind of flag', 'service-account-issuer', '/x'],
    ['a path that a variable completes', 'cert-dir', '/x/$(NODE)'],
  ])('%s is none', (_name, flag, text) => {
    expect(told({ [flag]: text })).toEqual([]);
  });

  it('is not asked for with pathCheck: off, where nothing is written, or when it only stands there', () => {
    const flags = { 'audit-policy-file': POLICY };
    expect(told(flags, [], {}, { pathCheck: 'off' })).toEqual([]);
    expect(kind.looksAt([{ ...mountSpec([], {}), pathCheck: 'off' }], KUBEADM, PATH)).toEqual([]);
    const spec = mountSpec([], { 'audit-policy-file': value(POLICY) });
    expect(judgePaths(spec, KUBEADM, KUBEADM, PATH, { at: () => 'absent' })).toEqual([]);
    expect(told({ profiling: 'false' })).toEqual([]);
  });

  it.each(['', ':example.org,*.example.org'])(
    'is judged in each half of a certificate and its key%s',
    (domains) => {
      const pki = '/etc/kubernetes/pki';
      const flags = { 'tls-sni-cert-key': `${pki}/a.crt,${pki}/a.key${domains}` };
      expect(told(flags)).toEqual([
        expect.stringMatching(/^SP2085 .*a\.crt is not on the host/),
        expect.stringMatching(/^SP2085 .*a\.key is not on the host/),
      ]);
      expect(told(flags, [], { [`${pki}/a.crt`]: 'file', [`${pki}/a.key`]: 'file' })).toEqual([]);
    },
  );

  it('is looked for below the subPath of its mount', () => {
    const pki = '/etc/kubernetes/pki';
    const original = imageOf(
      textOf(KUBEADM).replace(/- mountPath: (.*pki)\n/, '- mountPath: $1\n      subPath: etcd\n'),
    );
    const host = { [`${pki}/a.crt`]: 'file' } as const;
    const flags = { 'client-ca-file': `${pki}/a.crt` };
    expect(told(flags, [], host, {}, original).join()).toContain(
      `${pki}/etcd/a.crt is not on the host`,
    );
  });

  it('is refused where it is a link that leaves its mount', () => {
    const link = '/etc/kubernetes/pki/l2.crt';
    const spec = mountSpec([], { 'client-ca-file': value(link) });
    const after = imageOf(`${textOf(KUBEADM)}# x\n`);
    const said = (target: string, root = '/etc/kubernetes/pki'): string => {
      const real = (path: string) =>
        (path === link ? target : path === '/etc/kubernetes/pki' ? root : path) as HostPath;
      const around = { at: (): Present => 'file', real };
      return judgePaths(spec, KUBEADM, after, PATH, around)
        .map(({ message }) => message)
        .join();
    };
    expect(said('/outside')).toContain(`${link}, a link that leaves its mount`);
    expect(said('/etc/kubernetes/pki/ca.crt')).toBe('');
    // The directory is a link itself: the mount follows it.
    expect(said('/srv/pki/ca.crt', '/srv/pki')).toBe('');
    // Mounted at the same path in the container.
    expect(said('/etc/ssl/certs/ca.pem')).toBe('');
    const asked = kind.looksAt([spec], KUBEADM, PATH);
    expect(asked).toEqual(['/etc/kubernetes/pki', link]);
  });

  it('is judged in each element of a list', () => {
    const spec = mountSpec([], { 'service-account-key-file': elements(['/a.pub', '/b.pub']) });
    const after = imageOf(`${textOf(KUBEADM)}# x\n`);
    const said = judgePaths(spec, KUBEADM, after, PATH, { at: () => 'absent' });
    expect(said.map(({ code }) => code)).toEqual(['SP2084', 'SP2084']);
  });
});

describe('a log', () => {
  const flags = { 'audit-log-path': LOG };
  it.each([
    ['mounted as a file', [{ path: LOG, type: 'FileOrCreate' }], 'rotation renames it'],
    [
      'in a read-only directory',
      [{ path: '/var/log', readOnly: true }],
      'read-only mount /var/log',
    ],
  ] as const)('%s is refused', (_name, mounts, words) => {
    const [first = ''] = told(flags, mounts, { '/var/log': 'directory' });
    expect(first).toMatch(/^SP2086/);
    expect(first).toContain(words);
  });

  it('in a directory that is mounted or made is right, whether it is there or not', () => {
    const mounts = [{ path: '/var/log/kubernetes/audit', type: 'DirectoryOrCreate' as const }];
    expect(told(flags, mounts)).toEqual([]);
  });
});

describe('what is proposed for a log', () => {
  it.each([
    ['/etc/kubernetes/pki/audit.log', []],
    ['/etc/audit/audit.log', []],
    ['/var/log/audit.log', []],
    ['/etc/k/audit.log', [{ path: '/etc/k/audit.log', type: 'FileOrCreate' }]],
  ] as const)('never opens a directory with other things in it: %s', (log, mounts) => {
    const [first = ''] = told({ 'audit-log-path': log }, mounts);
    expect(first).toMatch(/^SP208[46]/);
    expect(first).toContain(
      'name /var/log/kube-apiserver/audit.log, with `mounts: [{path: /var/log/kube-apiserver, type: DirectoryOrCreate}]`',
    );
  });
});

it('a read-only mount that becomes writable is warned of', () => {
  const pki = { path: '/etc/kubernetes/pki', type: 'DirectoryOrCreate' } as const;
  const { image } = mounted(KUBEADM, [{ ...pki, readOnly: false }]);
  const [one, ...others] = judgeOpenedMounts(KUBEADM, image, PATH);
  expect(one?.code).toBe('SP2122');
  expect(one?.message).toContain('the mount /etc/kubernetes/pki of container kube-apiserver');
  expect(others).toEqual([]);
  expect(judgeOpenedMounts(image, KUBEADM, PATH)).toEqual([]);
  expect(judgeOpenedMounts(KUBEADM, mounted(KUBEADM, [{ path: '/x' }]).image, PATH)).toEqual([]);
});

describe('a mount whose type the host does not have', () => {
  it.each([
    ['Directory', 'absent', 'say type: DirectoryOrCreate'],
    ['File', 'absent', 'kind: file before this resource'],
    ['Directory', 'file', 'is a file on the host'],
    ['FileOrCreate', 'directory', 'is a directory on the host'],
  ] as const)('%s, and it is %s: refused', (type, present, words) => {
    const [first = ''] = told({}, [{ path: '/x', hostPath: '/y', type }], { '/y': present });
    expect(first).toMatch(/^SP2087/);
    expect(first).toContain(words);
  });

  it.each([
    ['DirectoryOrCreate', 'absent'],
    ['Directory', 'directory'],
    ['Socket', 'file'],
    ['', 'absent'],
    ['File', 'unknown'],
  ] as const)('%s, and it is %s: right', (type, present) => {
    expect(told({}, [{ path: '/x', type }], { '/x': present })).toEqual([]);
  });
});

it('mounts need no command line that can be read', () => {
  const shell = imageOf(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    command: [sh, -c, x]\n',
  );
  expect(good(kind.desired(mountSpec([{ path: '/x' }]), shell, PATH)).length).toBe(2);
});
