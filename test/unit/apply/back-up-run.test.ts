import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns, settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import { backupsOf } from '../../../src/host/backups/backup-paths.ts';
import { listObjects, readObject } from '../../../src/host/backups/object-store.ts';
import { readSnapshots } from '../../../src/host/backups/snapshots.ts';
import type { Snapshot } from '../../../src/model/backup.ts';
import type { Sha256 } from '../../../src/model/brand.ts';
import { mount, mountProblem } from '../host/privileges.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { runInput } from './run-inputs.ts';
import { openRig, sha256, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n', 0o640);
});
afterEach(() => rig.close());

function backups(): readonly Snapshot[] {
  const { snapshots, problems } = readSnapshots(backupsOf(rig.host.stateDir));
  expect(problems).toEqual([]);
  return snapshots;
}

async function contentOf(sha: Sha256 | undefined): Promise<string | null> {
  if (sha === undefined) return null;
  const read = await readObject(backupsOf(rig.host.stateDir), sha);
  return read.is === 'intact' ? Buffer.from(read.content).toString() : read.is;
}

test('a kept run leaves what it replaced, made and removed; a reverted one leaves nothing', async () => {
  const first = await runInput(rig, [
    { path: A, to: null },
    { path: B, to: 'new b\n' },
  ]);
  await executeRun(rig.context, first);
  const bad = await runInput(rig, [{ path: B, to: 'bad\n', audits: ['false'] }]);
  expect((await executeRun(rig.context, bad)).diagnostics).toEqual([]);
  const [only, ...more] = backups();
  expect(more).toEqual([]);
  expect(only).toMatchObject({ run: first.run, seq: 1, outcome: 'applied', plan: 'web' });
  expect(only?.files).toEqual([
    {
      path: A,
      before: {
        sha256: sha256('old a\n'),
        size: 6,
        mode: 0o640,
        uid: process.getuid?.(),
        gid: process.getgid?.(),
      },
      sensitive: false,
    },
    { path: B, before: null, sensitive: false },
  ]);
  expect(await contentOf(only?.files[0]?.before?.sha256)).toBe('old a\n');
});

test('numbers go on when run ids go back', async () => {
  const late = await runInput(rig, [{ path: A, to: 'one\n' }]);
  await executeRun(rig.context, { ...late, run: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ' as typeof late.run });
  const next = await runInput(rig, [{ path: A, to: 'two\n' }]);
  await executeRun(rig.context, next);
  expect(backups().map(({ seq, run }) => [seq, run === next.run])).toEqual([
    [1, false],
    [2, true],
  ]);
});

test('what somebody writes into the old inode after the rename is what is kept, under its own hash', async () => {
  const fd = openSync(rig.real(A), 'r+');
  rig.on('decided', () => {
    writeSync(fd, 'OLD', 0);
  });
  await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'new a\n' }]));
  closeSync(fd);
  expect(await contentOf(backups()[0]?.files[0]?.before?.sha256)).toBe('OLD a\n');
});

test('an applier that dies between the decision and its end is backed up by recovery, once', async () => {
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('gone')) };
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  await executeRun({ ...rig.context, state: broken }, input);
  expect(openJournals(rig.host)).toHaveLength(1);
  expect(backups()).toEqual([]);
  await recoverRuns(rig.context);
  const made = backups();
  expect(made.map(({ run }) => run)).toEqual([input.run]);
  expect(await contentOf(made[0]?.files[0]?.before?.sha256)).toBe('old a\n');
  expect(readdirSync(rig.real('/etc/app'))).toEqual(['a.conf']);
});

test('an applier that dies after its backup leaves one, whatever became of the old inode', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const { stateDir } = rig.host;
  const dir = join(stateDir, 'journal');
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('gone')) };
  await executeRun({ ...rig.context, state: broken }, input);
  const name = readdirSync(dir)[0] ?? '';
  const journal = join(dir, name);
  const text = openJournals(rig.host).length === 1 ? readFile(journal) : '';
  await recoverRuns(rig.context);
  const made = backups();
  writeFileSync(journal, text);
  const [again] = await settleOpenRuns(rig.context);
  expect(again?.diagnostics.filter(({ code }) => code === 'SP5060')).toEqual([]);
  expect(backups()).toEqual(made);
  rmSync(backupsOf(stateDir).snapshots, { recursive: true });
  writeFileSync(journal, text);
  const [lost] = await settleOpenRuns(rig.context);
  expect(lost?.report.outcome).toBe('applied');
  expect(lost?.diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'SP5060 warning',
  ]);
});

function readFile(path: string): Buffer {
  expect(existsSync(path)).toBe(true);
  return readFileSync(path);
}

test('a backup that cannot be written is a warning: the run is kept and settled', async () => {
  const place = backupsOf(rig.host.stateDir);
  rig.write(place.dir.slice(rig.root.length), 'not a directory');
  const { report, open, diagnostics } = await executeRun(
    rig.context,
    await runInput(rig, [{ path: A, to: 'new a\n' }]),
  );
  expect({ outcome: report.outcome, unrecorded: report.unrecorded, open }).toEqual({
    outcome: 'applied',
    unrecorded: false,
    open: false,
  });
  expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'SP5060 warning',
  ]);
  expect(openJournals(rig.host)).toEqual([]);
  expect(rig.read(A)).toBe('new a\n');
});

describe.skipIf(mountProblem)(
  'with a full disk under the backups (needs root: mounts a tmpfs)',
  () => {
    test('the run is kept, nothing half-written is taken for a backup, and the next run is backed up', async () => {
      rig.close();
      // Removed after it is unmounted.
      rig = await openRig(temporaryDirectory());
      const place = backupsOf(rig.host.stateDir);
      rig.write(join(place.dir, 'x').slice(rig.root.length), '');
      mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place.dir);
      chmodSync(place.dir, 0o700);
      const noise = Array.from({ length: 20_000 }, (_, i) => sha256(String(i))).join('');
      rig.write(A, noise);
      const full = await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'new a\n' }]));
      expect(full.report.outcome).toBe('applied');
      expect(full.diagnostics.map(({ code, help }) => [code, help?.includes('df -h')])).toEqual([
        ['SP5060', true],
      ]);
      expect(backups()).toEqual([]);
      expect(listObjects(place)).toEqual([]);
      await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'newer a\n' }]));
      expect(await contentOf(backups()[0]?.files[0]?.before?.sha256)).toBe('new a\n');
    });
  },
);
