import { expect, test, vi } from 'vitest';
import { listBackups } from '../../../src/operations/backups/read-backups.ts';
import { readDocument } from '../../../src/operations/read-document.ts';
import { writeDocument } from '../../../src/operations/write-document.ts';
import { libraryHost, refusal } from './library-session.ts';

const after = vi.hoisted(() => ({ written: (): void => undefined }));

vi.mock('../../../src/host/sync-directory.ts', async (original) => {
  const real: { syncDirectories: (directories: readonly string[]) => Promise<void> } =
    await original();
  return {
    ...real,
    // The last thing that a write does.
    syncDirectories: async (directories: readonly string[]) => {
      await real.syncDirectories(directories);
      after.written();
    },
  };
});

const PATH = '/etc/app/jobs.yaml';

test('a document that does not hold what was written is told as such, exit 4, and its backup stays', async () => {
  const host = await libraryHost();
  host.write(PATH, 'a: 1\n');
  const { version } = await readDocument(host.session, PATH);
  after.written = () => {
    if (host.read(PATH) === 'a: 2\n') host.write(PATH, 'a: 2');
  };
  const write = writeDocument(host.session, PATH, { a: 2 }, { ifVersion: version });
  const { exitCode, diagnostics } = await refusal(write);
  expect([exitCode, diagnostics[0]?.code]).toEqual([4, 'SP2326']);
  expect(host.files()).toEqual({ [PATH]: 'a: 2' });
  expect(listBackups(host.session, null).snapshots).toHaveLength(1);
});
