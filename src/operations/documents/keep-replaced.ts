import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { backupsOf, snapshotName } from '../../host/backups/backup-paths.ts';
import { putObject } from '../../host/backups/object-store.ts';
import { removeFile } from '../../host/backups/remove-file.ts';
import { listSnapshots, writeSnapshot } from '../../host/backups/snapshots.ts';
import { newRunId } from '../../host/run-id.ts';
import { secretMark } from '../../kinds/secret-marks.ts';
import type { RunId } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { LIBRARY_PLAN, LIBRARY_WORKSPACE } from '../../model/library-run.ts';
import { EXIT } from '../../model/outcome.ts';
import { underBackupLock } from '../backups/backup-lock.ts';
import type { Session } from '../session.ts';

/** What a write is about to replace, in the backup store. */
export interface KeptBefore {
  readonly run: RunId;
  /** Nothing was replaced after all: the snapshot says what never happened. Never throws. */
  drop(): void;
}

/**
 * Puts what stands at a path into the backup store, durably: before the write, so that no crash is between the two. Throws SP2325
 * with the cause (exit 1, 5 where prune holds the store): then nothing may be written.
 */
export async function keepReplaced(session: Session, file: ObservedFile): Promise<KeptBefore> {
  const { host, hostName } = session;
  const { content, path } = file;
  const place = backupsOf(host.stateDir);
  const run = newRunId(host.clock);
  const before = content.kind === 'file' ? content.state : null;
  const sensitive = content.kind === 'file' && secretMark(content.bytes) !== null;
  try {
    const { seq } = await underBackupLock(session, async () => {
      if (content.kind === 'file') await putObject(place, content.bytes);
      return writeSnapshot(place, {
        formatVersion: 1,
        run,
        seq: (listSnapshots(place).at(-1)?.seq ?? 0) + 1,
        plan: LIBRARY_PLAN,
        workspace: LIBRARY_WORKSPACE,
        host: hostName,
        operation: 'transaction',
        outcome: 'applied',
        time: host.clock.now().toISOString(),
        files: [{ path, before, sensitive }],
      });
    });
    return { run, drop: () => removeQuietly(join(place.snapshots, snapshotName(seq, run))) };
  } catch (error) {
    throw notKept(path, error);
  }
}

function removeQuietly(path: string): void {
  try {
    removeFile(path);
  } catch {
    // It names what still stands there: a restore of it changes nothing.
  }
}

function notKept(path: string, error: unknown): unknown {
  if (!(error instanceof SetpointError)) return error;
  const why = error.diagnostics.map(({ message }) => message).join('; ');
  const help = error.diagnostics[0]?.help;
  const message = `${path} is not written, because what it holds cannot be backed up: ${why}`;
  const problem = { code: 'SP2325', severity: 'error', message } as const;
  const code = error.exitCode === EXIT.locked ? EXIT.locked : EXIT.failed;
  const options = { cause: error };
  return new SetpointError(code, [help === undefined ? problem : { ...problem, help }], options);
}
