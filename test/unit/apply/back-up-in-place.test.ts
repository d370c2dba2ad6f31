import { chmodSync, chownSync, linkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { backupsOf } from '../../../src/host/backups/backup-paths.ts';
import { readSnapshots } from '../../../src/host/backups/snapshots.ts';
import { runInput } from './run-inputs.ts';
import { openRig, sha256, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const root = process.getuid?.() === 0;

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

test.skipIf(!root)(
  'the backup of a file written in place has the permissions and owner of the file, not of the copy (needs root)',
  async () => {
    rig.write(A, 'old a\n');
    linkSync(rig.real(A), rig.real('/etc/app/other-name'));
    chownSync(rig.real(A), 1000, 1000);
    chmodSync(rig.real(A), 0o664);
    await executeRun(
      rig.context,
      await runInput(rig, [{ path: A, to: 'new a\n', inPlace: true, mode: 0o644 }]),
    );
    expect(rig.read('/etc/app/other-name')).toBe('new a\n');
    const [snapshot] = readSnapshots(backupsOf(rig.host.stateDir)).snapshots;
    expect(snapshot?.files[0]?.before).toEqual({
      sha256: sha256('old a\n'),
      size: 6,
      mode: 0o664,
      uid: 1000,
      gid: 1000,
    });
  },
);
