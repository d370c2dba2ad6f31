import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupPlace } from '../../../../src/host/backups/backup-paths.ts';
import { mirrorToDirectory } from '../../../../src/host/backups/mirror-directory.ts';
import { withoutCredentials } from '../../../../src/diagnostics/without-credentials.ts';
import { listObjects, objectPath, putObject } from '../../../../src/host/backups/object-store.ts';
import { listSnapshots, writeSnapshot } from '../../../../src/host/backups/snapshots.ts';
import type { Snapshot } from '../../../../src/model/backup.ts';
import type {
  HostName,
  HostPath,
  PlanName,
  RealPath,
  RunId,
  WorkspaceName,
} from '../../../../src/model/brand.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const HOST = 'cp-1' as HostName;

function places() {
  const dir = temporaryDirectory();
  const directory = join(dir, 'mirror') as RealPath;
  mkdirSync(directory);
  return {
    from: backupPlace(join(dir, 'backups')),
    directory,
    to: backupPlace(join(directory, HOST)),
  };
}

async function snapshot(
  place: ReturnType<typeof backupPlace>,
  seq: number,
  contents: readonly { readonly text: string; readonly sensitive?: boolean }[],
): Promise<Snapshot> {
  const files: Snapshot['files'][number][] = [];
  for (const [i, { text, sensitive = false }] of contents.entries()) {
    const sha256 = await putObject(place, Buffer.from(text));
    const before = { sha256, size: text.length, mode: 0o600, uid: 0, gid: 0 };
    files.push({ path: `/etc/${i}` as HostPath, before, sensitive });
  }
  return writeSnapshot(place, {
    formatVersion: 1,
    run: `01K2Y3${String(seq).padStart(20, '0')}` as RunId,
    seq,
    plan: 'web' as PlanName,
    workspace: 'fleet' as WorkspaceName,
    host: HOST,
    operation: 'apply',
    outcome: 'applied',
    time: '2026-03-17T12:00:00.000Z',
    files,
  });
}

test('sensitive content never leaves, also when another snapshot has the same bytes unmarked', async () => {
  const { from, directory, to } = places();
  await snapshot(from, 1, [{ text: 'secret' }, { text: 'open' }]);
  await snapshot(from, 2, [{ text: 'secret', sensitive: true }]);
  expect(await mirrorToDirectory(from, directory, HOST)).toEqual([]);
  expect(listSnapshots(to)).toHaveLength(2);
  expect(listObjects(to).map(({ size }) => size)).toHaveLength(1);
});

test('damage does not spread: the snapshot stays behind with its reason, the others go', async () => {
  const { from, directory, to } = places();
  const bad = await snapshot(from, 1, [{ text: 'will be damaged' }]);
  await snapshot(from, 2, [{ text: 'good' }]);
  const sha = bad.files[0]?.before?.sha256;
  if (sha === undefined) throw new Error('the file has content');
  writeFileSync(objectPath(from, sha), 'setpoint-object 1 raw 15\nwill be DAMAGED');
  const problems = await mirrorToDirectory(from, directory, HOST);
  expect(problems.map(({ code }) => code)).toEqual(['SP5061']);
  expect(listSnapshots(to).map(({ seq }) => seq)).toEqual([2]);
});

test('a mirror that is up to date is not written again', async () => {
  const { from, directory, to } = places();
  await snapshot(from, 1, [{ text: 'a' }]);
  await mirrorToDirectory(from, directory, HOST);
  const [first] = listObjects(to);
  await mirrorToDirectory(from, directory, HOST);
  expect(listObjects(to)).toEqual([first]);
});

test('a directory that is not there is an error, not a new directory on the wrong disk', async () => {
  const { from, directory } = places();
  await expect(mirrorToDirectory(from, `${directory}/none` as RealPath, HOST)).rejects.toThrow(
    'SP5067',
  );
});

test('addresses are shown without credentials', () => {
  expect(withoutCredentials('fatal: https://me:pw@git.example/x.git')).toBe(
    'fatal: https://***@git.example/x.git',
  );
  expect(withoutCredentials('https://git.example/x.git?private_token=abc&y=1')).toBe(
    'https://git.example/x.git?private_token=***&y=1',
  );
});
