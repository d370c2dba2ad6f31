import { join } from 'node:path';
import type { RealPath, RunId } from '../../model/brand.ts';

/** A directory that holds backups: `<state-dir>/backups`, or a copy of it. Creates nothing. */
export interface BackupPlace {
  readonly dir: RealPath;
  readonly objects: RealPath;
  readonly snapshots: RealPath;
  /** Says that the mirror may lack something: `{formatVersion, since}`. */
  readonly outbox: RealPath;
}

export function backupPlace(dir: string): BackupPlace {
  return {
    dir: dir as RealPath,
    objects: join(dir, 'objects') as RealPath,
    snapshots: join(dir, 'snapshots') as RealPath,
    outbox: join(dir, 'outbox.json') as RealPath,
  };
}

/** The backups of a state directory. */
export function backupsOf(stateDir: RealPath): BackupPlace {
  return backupPlace(join(stateDir, 'backups'));
}

const NAME = /^(\d{8,15})-([0-9A-Z]{26})\.json$/;

/** `00000042-<run>.json`: names sort by number, and say number and run without being read. */
export function snapshotName(seq: number, run: RunId): string {
  return `${String(seq).padStart(8, '0')}-${run}.json`;
}

/** Number and run of a snapshot's file name; `null` for any other file. */
export function parseSnapshotName(
  name: string,
): { readonly seq: number; readonly run: RunId } | null {
  const [, seq, run] = NAME.exec(name) ?? [];
  return seq === undefined || run === undefined ? null : { seq: Number(seq), run: run as RunId };
}
