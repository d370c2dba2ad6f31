import { dirname } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { backupsOf, type BackupPlace } from '../../host/backups/backup-paths.ts';
import { objectPath, putObject } from '../../host/backups/object-store.ts';
import { listSnapshots, writeSnapshot } from '../../host/backups/snapshots.ts';
import { secretMark } from '../../kinds/secret-marks.ts';
import type { SnapshotFile } from '../../model/backup.ts';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive } from '../files/live-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/** Objects written at the same time: syncs in parallel share the work of the file system. */
const AT_ONCE = 16;

/**
 * Keeps what a kept run replaced, from the old inodes, before those are dropped: objects first, the snapshot that names them
 * last. A second call (recovery) finds the snapshot and does nothing. Never throws: the run is kept, and a full disk must not
 * make a failure of it; what could not be backed up is a warning (SP5060).
 */
export async function backUpRun(run: OpenRun): Promise<void> {
  const place = backupsOf(run.context.host.stateDir);
  try {
    const known = listSnapshots(place);
    if (known.some((entry) => entry.run === run.header.run)) return;
    const files = await storeOldFiles(place, committed(run).files);
    const { header } = run;
    await writeSnapshot(place, {
      formatVersion: 1,
      run: header.run,
      seq: (known.at(-1)?.seq ?? 0) + 1,
      plan: header.plan,
      workspace: header.workspace,
      host: header.host,
      operation: header.operation,
      outcome: 'applied',
      time: run.context.host.clock.now().toISOString(),
      files,
    });
  } catch (error) {
    run.diagnostics.push(notBackedUp(run, error));
  }
}

/** Where `backUpRun` writes: a write that was cut short left its unfinished file there. */
export function backupDirectoriesOf({ context, journal }: OpenRun): readonly RealPath[] {
  const place = backupsOf(context.host.stateDir);
  const objects = (journal?.files ?? []).flatMap(({ before }) =>
    before === null ? [] : [dirname(objectPath(place, before.sha256)) as RealPath],
  );
  return [place.snapshots, ...new Set(objects)];
}

async function storeOldFiles(
  place: BackupPlace,
  files: readonly JournalFile[],
): Promise<readonly SnapshotFile[]> {
  const stored: SnapshotFile[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const batch = files.slice(from, from + AT_ONCE);
    const results = await Promise.allSettled(batch.map((file) => storeOldFile(place, file)));
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      stored.push(result.value);
    }
  }
  return stored;
}

/**
 * State and bytes come from the kept inode: also what somebody wrote through an open descriptor after the rename. Of a file
 * written in place only the bytes were copied; its owner and permissions are in the journal.
 */
async function storeOldFile(place: BackupPlace, file: JournalFile): Promise<SnapshotFile> {
  const { path, oldPath, noCopy = false } = file;
  if (oldPath === null) return { path, before: null, sensitive: false };
  const old = readLive(oldPath);
  if (old.kind !== 'file') throw new Error(`the old version of ${path} is not there any more`);
  await putObject(place, old.bytes);
  // Of a file that is not managed (any more) no record says it.
  const sensitive = noCopy || secretMark(old.bytes) !== null;
  return { path, before: oldState(file, old.state), sensitive };
}

function oldState({ method, before }: JournalFile, kept: FileState): FileState {
  if (method !== 'in-place' || before === null) return kept;
  const { mode, uid, gid } = before;
  return { ...kept, mode, uid, gid };
}

function notBackedUp(run: OpenRun, error: unknown): Diagnostic {
  const known = error instanceof SetpointError ? error.diagnostics[0] : undefined;
  const why = known?.message ?? (error instanceof Error ? error.message : String(error));
  return {
    code: 'SP5060',
    severity: 'warning',
    message: `run ${run.header.run} is kept, but what it replaced is not backed up: ${why}`,
    help: known?.help ?? 'The recorded state may have a copy: setpoint history show RUN.',
  };
}
