import { existsSync, readFileSync } from 'node:fs';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../../model/backup.ts';
import type { Sha256 } from '../../model/brand.ts';
import { removeDurably, writeDurably } from '../durable.ts';
import { errorCode, stateFileError } from '../file-errors.ts';
import { snapshotName, type BackupPlace } from './backup-paths.ts';
import { readObject } from './object-store.ts';
import { readSnapshots } from './snapshots.ts';
import { badObject } from './verify-backups.ts';

/** A snapshot on its way to a mirror, with the contents that may leave the host. */
export interface Mirrored {
  readonly snapshot: Snapshot;
  readonly objects: readonly Sha256[];
}

export interface ToMirror {
  /** Oldest first. */
  readonly wanted: readonly Mirrored[];
  /** Why some snapshots stay behind. */
  readonly problems: readonly Diagnostic[];
}

/**
 * What a mirror that has the snapshots `known` (file names) lacks. A content that any snapshot marks sensitive never goes. A
 * snapshot goes only with intact objects: damage must not spread.
 */
export async function missingIn(place: BackupPlace, known: ReadonlySet<string>): Promise<ToMirror> {
  const { snapshots, problems } = readSnapshots(place);
  const secret = new Set(snapshots.flatMap(sensitiveObjects));
  const wanted: Mirrored[] = [];
  const stuck: Diagnostic[] = [...problems];
  for (const snapshot of snapshots) {
    if (known.has(snapshotName(snapshot.seq, snapshot.run))) continue;
    const named = snapshot.files.flatMap(({ before }) => (before === null ? [] : [before.sha256]));
    const objects = [...new Set(named)].filter((name) => !secret.has(name));
    const bad: Diagnostic[] = [];
    for (const name of objects) {
      const { is } = await readObject(place, name);
      if (is !== 'intact') bad.push(badObject(place, name, is, [snapshot.run]));
    }
    if (bad.length === 0) wanted.push({ snapshot, objects });
    stuck.push(...bad);
  }
  return { wanted, problems: stuck };
}

function sensitiveObjects({ files }: Snapshot): readonly Sha256[] {
  return files.flatMap(({ before, sensitive }) =>
    before !== null && sensitive ? [before.sha256] : [],
  );
}

/** Whether a mirror may lack something: written before it is updated, removed when it has everything. */
export function owesMirror({ outbox }: BackupPlace): boolean {
  return existsSync(outbox);
}

export interface Owed {
  /** ISO 8601. */
  readonly since: string;
  /** Why the last copy was not complete; absent while one is under way, or was cut off. */
  readonly why?: string;
}

/** What is noted about a mirror that may lack something; null when it lacks nothing. Errors: SP601x. */
export function readOwed({ outbox }: BackupPlace): Owed | null {
  try {
    const { since, why } = JSON.parse(readFileSync(outbox, 'utf8')) as Partial<Owed>;
    const known = typeof since === 'string' ? since : 'an unknown time';
    return typeof why === 'string' ? { since: known, why } : { since: known };
  } catch (error) {
    if (error instanceof SyntaxError) return { since: 'an unknown time' };
    if (errorCode(error) === 'ENOENT') return null;
    throw stateFileError(error, 'read', outbox);
  }
}

/** The first `since` stays until everything is there. Errors: SP601x. */
export async function noteOwed(place: BackupPlace, owed: Owed): Promise<void> {
  const before = readOwed(place);
  if (before !== null && before.why === owed.why) return;
  const since = before?.since ?? owed.since;
  const text = `${JSON.stringify({ formatVersion: 1, ...owed, since })}\n`;
  await writeDurably(place.outbox, Buffer.from(text), 0o600);
}

export async function noteMirrored({ outbox }: BackupPlace): Promise<void> {
  await removeDurably(outbox);
}
