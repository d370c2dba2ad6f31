import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { readObject } from '../../host/backups/object-store.ts';
import { badObject } from '../../host/backups/verify-backups.ts';
import type { SnapshotFile } from '../../model/backup.ts';
import type { RunId } from '../../model/brand.ts';
import { ABSENT, type FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';

/** A file as its snapshot has it, owner included. Throws SP5061 (exit 1) when its content is missing or damaged. */
export async function imageIn(
  session: Session,
  run: RunId,
  { before }: SnapshotFile,
): Promise<FileImage> {
  if (before === null) return ABSENT;
  const place = backupsOf(session.host.stateDir);
  const read = await readObject(place, before.sha256);
  if (read.is !== 'intact') {
    throw new SetpointError(EXIT.failed, [badObject(place, before.sha256, read.is, [run])]);
  }
  const { mode, uid, gid } = before;
  return { exists: true, bytes: read.content, mode, owner: { uid, gid } };
}
