import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { listSnapshots, readSnapshot } from '../../host/backups/snapshots.ts';
import type { Snapshot, SnapshotFile } from '../../model/backup.ts';
import type { HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';

/** The snapshot of one run; a unique prefix of its id is enough. Throws SP5064 (exit 64), SP5062, SP5063 (exit 1). */
export function findSnapshot(session: Session, run: string): Snapshot {
  const place = backupsOf(session.host.stateDir);
  const wanted = run.toUpperCase();
  const found = listSnapshots(place).filter((entry) => entry.run.startsWith(wanted));
  const [entry] = found;
  if (entry === undefined || wanted === '') throw unknown(`no backup of a run ${run}`);
  if (found.length > 1) {
    const runs = found.map((one) => one.run).join(', ');
    throw unknown(`${run} is the beginning of several runs: ${runs}`);
  }
  const snapshot = readSnapshot(place, entry);
  if (snapshot === null) throw unknown(`no backup of a run ${run}`);
  if ('code' in snapshot) throw new SetpointError(EXIT.failed, [snapshot]);
  return snapshot;
}

/** The named files of a snapshot, all when none is named. Throws SP5064 (exit 64) for a path that it has not. */
export function filesNamed(
  { run, files }: Snapshot,
  paths: readonly HostPath[],
): readonly SnapshotFile[] {
  const strangers = paths.filter((path) => !files.some((file) => file.path === path));
  if (strangers.length > 0) {
    const has = files.map(({ path }) => path).join(', ');
    throw unknown(`the backup of run ${run} has no ${strangers.join(', ')}; it has ${has}`);
  }
  return paths.length === 0 ? files : files.filter(({ path }) => paths.includes(path));
}

function unknown(message: string): SetpointError {
  const help = 'setpoint backup list shows what there is';
  return new SetpointError(EXIT.usage, [{ code: 'SP5064', severity: 'error', message, help }]);
}
