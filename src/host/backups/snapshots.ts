import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../../model/backup.ts';
import type { RunId } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { makeDirectoryDurably, syncDirectory, writeDurably } from '../durable.ts';
import { readOwnText } from '../own-file.ts';
import { errorCode } from '../file-errors.ts';
import { namesIn } from '../own-directory.ts';
import { parseSnapshotName, snapshotName, type BackupPlace } from './backup-paths.ts';
import { removeFile } from './remove-file.ts';

export interface SnapshotEntry {
  readonly name: string;
  readonly seq: number;
  readonly run: RunId;
}

/** Snapshots by their names, oldest first; nothing is read. Errors: SP601x. */
export function listSnapshots({ snapshots }: BackupPlace): readonly SnapshotEntry[] {
  return namesIn(snapshots)
    .flatMap((name) => {
      const parsed = parseSnapshotName(name);
      return parsed === null ? [] : [{ name, ...parsed }];
    })
    .sort((a, b) => a.seq - b.seq || (a.run < b.run ? -1 : 1));
}

export interface ReadSnapshots {
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  /** SP5062, SP5063: files that are no snapshot this setpoint can read. */
  readonly problems: readonly Diagnostic[];
}

/** Reads every snapshot. One that cannot be read is a problem, never an exception: the others are still good. */
export function readSnapshots(place: BackupPlace): ReadSnapshots {
  const snapshots: Snapshot[] = [];
  const problems: Diagnostic[] = [];
  for (const entry of listSnapshots(place)) {
    const read = readSnapshot(place, entry);
    if (read === null) continue;
    if ('code' in read) problems.push(read);
    else snapshots.push(read);
  }
  return { snapshots, problems };
}

/** One snapshot; `null` when it was pruned meanwhile; a diagnostic when it cannot be read. */
export function readSnapshot(
  place: BackupPlace,
  entry: SnapshotEntry,
): Snapshot | Diagnostic | null {
  const path = join(place.snapshots, entry.name);
  let text: string;
  try {
    text = readOwnText(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    return damaged(path, 'it cannot be read');
  }
  return parseSnapshot(text, path);
}

/** A snapshot from its file's text, or what is wrong with it. `path` is for the message. */
export function parseSnapshot(text: string, path: string): Snapshot | Diagnostic {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(path, 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null) return damaged(path, 'it is not an object');
  const { digest, ...rest } = value as Snapshot;
  if (typeof rest.formatVersion === 'number' && rest.formatVersion > 1) return newer(path);
  if (rest.formatVersion !== 1 || digest !== digestOf(rest)) {
    return damaged(path, 'its digest does not match');
  }
  return value as Snapshot;
}

/** Writes a snapshot (0600), durable. Errors: SP601x. */
export async function writeSnapshot(
  place: BackupPlace,
  snapshot: Omit<Snapshot, 'digest'>,
): Promise<Snapshot> {
  const complete: Snapshot = { ...snapshot, digest: digestOf(snapshot) };
  await makeDirectoryDurably(place.snapshots, 0o700);
  const path = join(place.snapshots, snapshotName(snapshot.seq, snapshot.run));
  await writeDurably(path, Buffer.from(`${JSON.stringify(complete)}\n`), 0o600);
  return complete;
}

/** Removes snapshots for good, with one sync. No error for what is gone already. */
export async function removeSnapshots(
  place: BackupPlace,
  snapshots: readonly Snapshot[],
): Promise<void> {
  if (snapshots.length === 0) return;
  for (const { seq, run } of snapshots) removeFile(join(place.snapshots, snapshotName(seq, run)));
  await syncDirectory(place.snapshots);
}

function damaged(path: string, why: string): Diagnostic {
  return {
    code: 'SP5062',
    severity: 'error',
    message: `${path} is no snapshot any more: ${why}`,
    help: 'Copy it back from a mirror, or move it away: its objects then go with the next prune.',
  };
}

function newer(path: string): Diagnostic {
  return {
    code: 'SP5063',
    severity: 'error',
    message: `${path} was written by a newer setpoint`,
    help: 'Use that version, or a newer one.',
  };
}
