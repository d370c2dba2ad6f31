import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { setManifestFlags } from '../../../src/operations/set-manifest-flags.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const PATH = '/etc/kubernetes/manifests/api.yaml';
const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  containers:
  - name: api # the only one
    command:
    - api
    - --profiling=true
    - --plugins=A,B
    - --old=1
`;

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(PATH, MANIFEST, 0o600);
});

test('sets, adds and removes flags and list elements; every other byte stays', async () => {
  const result = await setManifestFlags(host.session, PATH, {
    profiling: 'false',
    plugins: { include: ['C'], exclude: ['A'] },
    old: null,
    'audit-log-maxage': '30',
  });
  expect(host.read(PATH)).toBe(
    MANIFEST.replace('true', 'false')
      .replace('A,B', 'B,C')
      .replace('    - --old=1\n', '    - --audit-log-maxage=30\n'),
  );
  expect(result.changes).toEqual([
    { label: '--profiling', before: 'true', after: 'false' },
    { label: '--plugins[C]', before: null, after: 'present' },
    { label: '--plugins[A]', before: 'present', after: null },
    { label: '--old', before: '1', after: null },
    { label: '--audit-log-maxage', before: null, after: '30' },
  ]);
  expect(statSync(host.real(PATH)).mode & 0o7777).toBe(0o600);
  expect(existsSync(join(host.session.host.stateDir, 'journal'))).toBe(false);
  expect(readdirSync(host.real('/etc/kubernetes/manifests'))).toEqual(['api.yaml']);
});

test('writes nothing when every flag is right', async () => {
  const { ino } = statSync(host.real(PATH));
  const result = await setManifestFlags(host.session, PATH, { profiling: 'true', absent: null });
  expect(result.changes).toEqual([]);
  expect(statSync(host.real(PATH)).ino).toBe(ino);
});

test('refuses what a plan would refuse, and writes nothing', async () => {
  const wrong = await refusal(setManifestFlags(host.session, PATH, { 'a b': 'x', c: 'y\nz' }));
  expect(wrong.exitCode).toBe(1);
  expect(wrong.diagnostics.every(({ code }) => code.startsWith('SP2'))).toBe(true);
  const container = { container: 'other' };
  await refusal(setManifestFlags(host.session, PATH, { profiling: 'false' }, container));
  await refusal(setManifestFlags(host.session, '/etc/none.yaml', { profiling: 'false' }));
  expect(readFileSync(host.real(PATH), 'utf8')).toBe(MANIFEST);
});

test('refuses flags that the component does not have in the version of its image, or warns, as asked', async () => {
  const etcd = MANIFEST.replace('- api\n', '- etcd\n').replace(
    '  - name',
    '  - image: etcd:3.4.1\n    name',
  );
  host.write(PATH, etcd, 0o600);
  const wanted = { 'log-levl': 'debug' };
  const wrong = await refusal(setManifestFlags(host.session, PATH, wanted));
  expect(wrong.diagnostics.map(({ code }) => code)).toEqual(['SP2060']);
  expect(host.read(PATH)).toBe(etcd);
  const lenient = await setManifestFlags(host.session, PATH, wanted, { catalogue: 'lenient' });
  expect(lenient.warnings.map(({ code }) => code)).toEqual(['SP2060']);
  expect(host.read(PATH)).toContain('--log-levl=debug');
  const off = await setManifestFlags(host.session, PATH, { x: '1' }, { catalogue: 'off' });
  expect(off.warnings).toEqual([]);
});
