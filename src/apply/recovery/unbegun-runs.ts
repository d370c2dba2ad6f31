import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../host/ports.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { objectDirectories } from '../../host/backups/object-store.ts';
import { stateFileError } from '../../host/file-errors.ts';
import type { RealPath, RunId } from '../../model/brand.ts';
import { namesIn } from '../../host/own-directory.ts';
import { removeTree } from '../../host/remove-tree.ts';
import { endProcessGroups } from '../run/process-groups.ts';
import { journalDirectory, journalPath, runFolder } from '../journal/run-folder.ts';
import { directoriesBelow, sweepTemporaries } from '../files/sweep-temporaries.ts';

/** What a run's folder holds before its journal is written. */
const BEFORE_JOURNAL: ReadonlySet<string> = new Set(['workspace', 'process-groups']);

/**
 * Clears what runs left that were killed before they wrote a journal: checks that still run, copies in the run folder, a
 * half-written journal or content in the backup store. Only the newest folders can be such, because everyone who takes the lock
 * clears them. The caller holds the run lock. Errors: SP601x, SP6040.
 */
export async function clearUnbegunRuns(host: Host): Promise<void> {
  // Contents that git does not keep are kept aside before the journal is written, and the run's folder may not last that long.
  const aside = objectDirectories(backupsOf(host.stateDir)) as readonly RealPath[];
  sweepTemporaries([journalDirectory(host.stateDir), ...aside]);
  const runs = join(host.stateDir, 'runs');
  for (const name of namesIn(runs).toReversed()) {
    const folder = runFolder(host.stateDir, name as RunId);
    // Whoever answers a run that waits writes in its folder without the lock; who closes it sweeps.
    if (existsSync(journalPath(host.stateDir, name as RunId))) return;
    const begun = namesIn(folder.dir).some((inside) => !BEFORE_JOURNAL.has(inside));
    if (begun) {
      // The run before may not have been able to remove what it had not finished.
      sweepTemporaries([folder.dir, ...directoriesBelow(folder.workspace)]);
      return;
    }
    await endProcessGroups(folder.processGroups, host);
    remove(folder.dir);
  }
}

function remove(directory: RealPath): void {
  try {
    removeTree(directory);
  } catch (error) {
    throw stateFileError(error, 'remove', directory);
  }
}
