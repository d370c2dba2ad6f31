import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { objectPath, readObject } from '../../host/backups/object-store.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import type { Session } from '../session.ts';

/** SP5090 for each file that is recorded without copies and whose content from before management this host has lost. */
export async function lostOriginals(
  { host }: Session,
  { files }: RecordedState,
): Promise<readonly Diagnostic[]> {
  const store = backupsOf(host.stateDir);
  const problems: Diagnostic[] = [];
  for (const file of files.values()) {
    const name = originalAside(file);
    if (name === null) continue;
    const { is } = await readObject(store, name);
    if (is !== 'intact') problems.push(lost(file, is, objectPath(store, name)));
  }
  return problems;
}

function originalAside({ record, original }: ManagedFile) {
  return record === 'full' ? null : (original.state?.sha256 ?? null);
}

function lost({ path }: ManagedFile, is: 'missing' | 'damaged', object: string): Diagnostic {
  return {
    code: 'SP5090',
    severity: 'error',
    message: `what ${path} was before setpoint cannot be given back: its only copy, ${object}, is ${is}`,
    help: `Put that file back from a backup of the state directory. A file with the same content will do as well: setpoint backup list ${path}`,
  };
}
