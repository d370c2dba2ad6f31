import { join } from 'node:path';
import { statSync } from 'node:fs';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostName, RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { backupPlace, type BackupPlace } from './backup-paths.ts';
import { missingIn } from './mirrored.ts';
import { hasObject, putObject, readObject } from './object-store.ts';
import { listSnapshots, writeSnapshot } from './snapshots.ts';

/**
 * Copies what `<directory>/<host>` lacks, durably, objects before the snapshots that name them; removes nothing there. Gives
 * why some snapshots stayed behind. The directory itself must exist: an unmounted disk must not be taken for one.
 * Errors: SP601x.
 */
export async function mirrorToDirectory(
  from: BackupPlace,
  directory: RealPath,
  host: HostName,
): Promise<readonly Diagnostic[]> {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SetpointError(EXIT.failed, [
      { code: 'SP5067', severity: 'warning', message: `${directory} is not a directory` },
    ]);
  }
  const to = backupPlace(join(directory, host));
  const known = new Set(listSnapshots(to).map(({ name }) => name));
  const { wanted, problems } = await missingIn(from, known);
  for (const { snapshot, objects } of wanted) {
    for (const name of objects) {
      if (hasObject(to, name)) continue;
      const read = await readObject(from, name);
      if (read.is === 'intact') await putObject(to, read.content);
    }
    const { digest: _digest, ...body } = snapshot;
    await writeSnapshot(to, body);
  }
  return problems;
}
