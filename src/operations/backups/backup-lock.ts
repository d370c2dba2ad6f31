import { backupsOf } from '../../host/backups/backup-paths.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Session } from '../session.ts';

/**
 * Between what names contents of the backup store and what takes away contents that nothing names. Whoever holds it asks for no other
 * lock, so that it may be taken while any is held. Throws SP6080 (exit 5).
 */
export async function underBackupLock<T>(
  { host, options }: Session,
  work: () => Promise<T>,
): Promise<T> {
  // Not in the root of the host: a name for the byte that stands for it.
  const name = backupsOf(host.stateDir).dir as string as HostPath;
  const held = await host.pathLocks.acquire([name], options.lockTimeout);
  try {
    return await work();
  } finally {
    held.release();
  }
}
