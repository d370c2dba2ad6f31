import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../../model/backup.ts';
import type { HostPath, RunId, Sha256 } from '../../model/brand.ts';
import { snapshotName, type BackupPlace } from './backup-paths.ts';
import { listObjects, objectPath, readObject } from './object-store.ts';
import { objectsOf } from './prune.ts';
import { readSnapshots } from './snapshots.ts';

export interface VerifiedBackups {
  readonly snapshots: number;
  readonly objects: number;
  readonly problems: readonly Diagnostic[];
  /** Objects that no snapshot names: left by a run or a prune that was cut short. The next prune takes them. */
  readonly orphans: readonly Sha256[];
}

/**
 * Reads everything and hashes it again; objects that the recorded state needs (`needed`, with their files) are no orphans. Takes no
 * lock, changes nothing. Errors: SP601x.
 */
export async function verifyBackups(
  place: BackupPlace,
  needed: ReadonlyMap<Sha256, HostPath>,
): Promise<VerifiedBackups> {
  const { snapshots, problems } = readSnapshots(place);
  const users = usersOf(snapshots);
  const objects = listObjects(place);
  const found = new Set(objects.map((object) => object.sha256));
  const findings: Diagnostic[] = [...problems];
  for (const name of new Set([...users.keys(), ...found])) {
    const { is } = await readObject(place, name);
    // A prune may have taken it, with the snapshots that named it, since both were listed.
    const runs = stillThere(place, users.get(name) ?? []);
    if (is === 'intact' || (is === 'missing' && runs.length === 0)) continue;
    const path = needed.get(name);
    const record = path === undefined ? [] : [`the record of ${path}`];
    const bad = badObject(place, name, is, [...runs, ...record]);
    // A mirror has what snapshots name.
    findings.push(path === undefined || runs.length > 0 ? bad : { ...bad, help: NEVER_MIRRORED });
  }
  const orphans =
    problems.length > 0
      ? []
      : objects
          .map((object) => object.sha256)
          .filter((name) => !users.has(name) && !needed.has(name));
  return { snapshots: snapshots.length, objects: objects.length, problems: findings, orphans };
}

const NEVER_MIRRORED =
  'Only this store had it (the record of that file keeps no copy), and mirrors never get it: copy it back from a backup of the whole machine. A run that replaces a file with the same content heals it, too.';

/** SP5061 for an object that has not the content of its name. */
export function badObject(
  place: BackupPlace,
  name: Sha256,
  is: 'missing' | 'damaged',
  users: readonly string[],
): Diagnostic {
  const path = objectPath(place, name);
  const used = users.length === 0 ? 'no snapshot uses it' : `used by ${users.join(', ')}`;
  return {
    code: 'SP5061',
    severity: 'error',
    message: `the backup object ${path} is ${is}: ${used}`,
    help: 'Copy it back from a mirror. It also heals when a run replaces a file with the same content.',
  };
}

/** Snapshots by the objects they need. */
export function usersOf(snapshots: readonly Snapshot[]): ReadonlyMap<Sha256, readonly Snapshot[]> {
  const users = new Map<Sha256, Snapshot[]>();
  for (const snapshot of snapshots) {
    for (const name of new Set(objectsOf(snapshot))) {
      const known = users.get(name);
      if (known === undefined) users.set(name, [snapshot]);
      else known.push(snapshot);
    }
  }
  return users;
}

function stillThere(place: BackupPlace, snapshots: readonly Snapshot[]): readonly RunId[] {
  return snapshots
    .filter(({ seq, run }) => existsSync(join(place.snapshots, snapshotName(seq, run))))
    .map(({ run }) => run);
}
