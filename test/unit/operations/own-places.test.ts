import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { setManifestFlags } from '../../../src/operations/set-manifest-flags.ts';
import { transaction } from '../../../src/operations/transaction.ts';
import { updateFile } from '../../../src/operations/update-file.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const PLACES = [
  '/var/lib/setpoint/locks',
  '/var/lib/setpoint/journal/x.json',
  '/var/lib/setpoint/state.git/HEAD',
  '/etc/link/journal/x.json',
  '/etc/app/.setpoint-stage-x/y',
];

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write('/etc/app/a.conf', 'a\n');
  host.write('/var/lib/setpoint/state.git/HEAD', 'ref\n');
  symlinkSync('/var/lib/setpoint', join(host.root, 'etc/link'));
});

test.each(PLACES)('the library refuses to write %s, alone and with others', async (path) => {
  const { session } = host;
  const before = host.read(path);
  const calls = [
    () => updateFile(session, path, () => Buffer.from('{}')),
    () => transaction(session, [{ create: path, content: '{}' }]),
    () =>
      transaction(session, [
        { create: path, content: '{}' },
        { create: '/etc/app/b', content: '' },
      ]),
    () => transaction(session, [{ move: '/etc/app/a.conf', to: path, replace: true }]),
    () => setManifestFlags(session, path, {}),
  ];
  for (const call of calls) {
    const { exitCode, diagnostics } = await refusal(call());
    expect([exitCode, diagnostics.some(({ code }) => code === 'SP6066')]).toEqual([1, true]);
  }
  // Taking a path lock makes the lock file.
  expect(path.endsWith('/locks') ? before : host.read(path)).toBe(before);
  expect(host.read('/etc/app/b')).toBeNull();
});
