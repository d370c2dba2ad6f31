import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import {
  backupPlace,
  snapshotName,
  type BackupPlace,
} from '../../../../src/host/backups/backup-paths.ts';
import { listObjects, objectPath, putObject } from '../../../../src/host/backups/object-store.ts';
import { planPrune, prune, type PruneQuestion } from '../../../../src/host/backups/prune.ts';
import {
  listSnapshots,
  removeSnapshots,
  writeSnapshot,
} from '../../../../src/host/backups/snapshots.ts';
import { verifyBackups } from '../../../../src/host/backups/verify-backups.ts';
import { DEFAULT_RETENTION, type Snapshot } from '../../../../src/model/backup.ts';
import type {
  HostName,
  HostPath,
  Millis,
  PlanName,
  RunId,
  Sha256,
  WorkspaceName,
} from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const NOW = Date.parse('2026-03-17T12:00:00Z');
const HOUR = 3_600_000;

let place: BackupPlace;
beforeEach(() => {
  place = backupPlace(join(temporaryDirectory(), 'backups'));
});

function runOf(seq: number): RunId {
  return `01K2Y3${String(seq).padStart(20, '0')}` as RunId;
}

async function snapshot(
  seq: number,
  text: string,
  workspace = 'fleet',
  path = '/etc/a',
): Promise<Snapshot> {
  const sha = await putObject(place, Buffer.from(text));
  utimesSync(objectPath(place, sha), 1, 1);
  return writeSnapshot(place, body(seq, sha, workspace, path));
}

function body(seq: number, sha: Sha256, workspace: string, path: string): Omit<Snapshot, 'digest'> {
  return {
    formatVersion: 1,
    run: runOf(seq),
    seq,
    plan: 'web' as PlanName,
    workspace: workspace as WorkspaceName,
    host: 'cp-1' as HostName,
    operation: 'apply',
    outcome: 'applied',
    time: new Date(NOW - (1000 - seq) * HOUR).toISOString(),
    files: [
      {
        path: path as HostPath,
        before: { sha256: sha, size: 1, mode: 0o644, uid: 0, gid: 0 },
        sensitive: false,
      },
    ],
  };
}

function question(options: Partial<PruneQuestion> = {}): PruneQuestion {
  return {
    rules: { ...DEFAULT_RETENTION, keepLast: 1, keepWithin: 0 as Millis },
    workspace: 'fleet' as WorkspaceName,
    needed: new Set(),
    objects: new Set(),
    now: NOW,
    ...options,
  };
}

function seqs(): readonly number[] {
  return listSnapshots(place).map(({ seq }) => seq);
}

test('an object that a kept snapshot shares with a removed one stays', async () => {
  await snapshot(1, 'shared');
  await snapshot(2, 'alone');
  await snapshot(3, 'shared');
  await prune(place, planPrune(place, question()));
  expect(seqs()).toEqual([3]);
  expect(listObjects(place).map((object) => object.sha256)).toEqual([
    sha256(Buffer.from('shared')),
  ]);
});

test('what an open run or the record needs stays, and so does what another workspace made', async () => {
  await snapshot(1, 'a');
  await snapshot(2, 'b', 'other');
  await snapshot(3, 'c');
  await snapshot(4, 'd');
  await prune(place, planPrune(place, question({ needed: new Set([runOf(1)]) })));
  expect(seqs()).toEqual([1, 2, 4]);
});

test('what programs replaced is kept by the same rules, each file by itself', async () => {
  for (const seq of [1, 2, 4, 5]) await snapshot(seq, String(seq), '(library)', '/etc/often');
  await snapshot(3, 'c', '(library)', '/etc/once');
  await snapshot(6, 'f');
  await prune(place, planPrune(place, question()));
  expect(seqs()).toEqual([3, 5, 6]);
});

test('a fresh object without a snapshot stays: whoever wrote it may be about to name it', async () => {
  const sha = await putObject(place, Buffer.from('fresh'));
  utimesSync(objectPath(place, sha), (NOW - HOUR / 2) / 1000, (NOW - HOUR / 2) / 1000);
  expect(planPrune(place, question()).sweep).toEqual([]);
  utimesSync(objectPath(place, sha), (NOW - 2 * HOUR) / 1000, (NOW - 2 * HOUR) / 1000);
  expect(planPrune(place, question()).sweep).toHaveLength(1);
});

test.each(['{', '{"formatVersion":2}'])(
  'while a snapshot cannot be read (%s) no object goes',
  async (text) => {
    await snapshot(1, 'a');
    await snapshot(2, 'b');
    writeFileSync(join(place.snapshots, snapshotName(3, runOf(3))), text);
    const plan = planPrune(place, question());
    expect(plan.problems).toHaveLength(1);
    await prune(place, plan);
    expect(listObjects(place)).toHaveLength(2);
    expect(seqs()).toEqual([2, 3]);
  },
);

test('a changed byte of a snapshot is seen', async () => {
  const made = await snapshot(1, 'a');
  const path = join(place.snapshots, snapshotName(1, runOf(1)));
  writeFileSync(path, JSON.stringify(made).replace('"mode":420', '"mode":421'));
  const found = await verifyBackups(place, new Map());
  expect(found.problems.map(({ code }) => code)).toEqual(['SP5062']);
});

test('cut off after the snapshots went, every snapshot left is whole, and the next prune ends the work', async () => {
  for (const seq of [1, 2, 3]) await snapshot(seq, `content ${seq}`);
  const plan = planPrune(place, question());
  await removeSnapshots(place, plan.remove.slice(0, 1));
  expect((await verifyBackups(place, new Map())).problems).toEqual([]);
  await removeSnapshots(place, plan.remove);
  const cut = await verifyBackups(place, new Map());
  expect(cut.problems).toEqual([]);
  expect(cut.orphans).toHaveLength(2);
  await prune(place, planPrune(place, question()));
  expect(await verifyBackups(place, new Map())).toMatchObject({
    snapshots: 1,
    objects: 1,
    orphans: [],
    problems: [],
  });
});

test('ten thousand snapshots are pruned to what is wanted', async () => {
  const made = await snapshot(1, 'one');
  const { digest: _digest, ...first } = made;
  const { digestOf } = await import('../../../../src/model/canonical-json.ts');
  for (let seq = 2; seq <= 10_000; seq += 1) {
    const one = {
      ...first,
      seq,
      run: runOf(seq),
      time: new Date(NOW - (10_000 - seq) * HOUR).toISOString(),
    };
    const text = JSON.stringify({ ...one, digest: digestOf(one) });
    writeFileSync(join(place.snapshots, snapshotName(seq, one.run)), text);
  }
  const rules = { ...DEFAULT_RETENTION, keepLast: 10, keepWithin: 0 as Millis, daily: 30 };
  const plan = planPrune(place, question({ rules }));
  await prune(place, plan);
  expect(readdirSync(place.snapshots)).toHaveLength(plan.keep.length);
  expect(plan.keep.length).toBeLessThan(45);
  expect((await verifyBackups(place, new Map())).problems).toEqual([]);
  rmSync(place.dir, { recursive: true });
});

test('an object that only the record names stays, and is no orphan', async () => {
  const sha = await putObject(place, Buffer.from('original'));
  utimesSync(objectPath(place, sha), (NOW - 9 * HOUR) / 1000, (NOW - 9 * HOUR) / 1000);
  const objects = new Map([[sha, '/etc/a' as HostPath]]);
  await prune(place, planPrune(place, question({ objects })));
  expect(listObjects(place)).toHaveLength(1);
  expect((await verifyBackups(place, objects)).orphans).toEqual([]);
  expect((await verifyBackups(place, new Map())).orphans).toEqual([sha]);
  writeFileSync(objectPath(place, sha), 'damaged');
  expect((await verifyBackups(place, objects)).problems).toMatchObject([
    {
      code: 'SP5061',
      message: expect.stringMatching(/used by the record of \/etc\/a$/),
      help: expect.stringMatching(/^Only this store had it/),
    },
  ]);
});
