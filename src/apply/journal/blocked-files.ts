import type { HostPath, RunId } from '../../model/brand.ts';
import { isUndecidable } from './for-person.ts';
import { openJournals, type JournalPlace } from './journal-file.ts';

/**
 * Files of runs whose revert failed or whose decision cannot be read, with the run: they may not be applied to until
 * `setpoint recover` has settled it, also while a person's choice is being carried out.
 * Errors: SP4220, SP4221, SP4223 (exit 4), SP601x.
 */
export function blockedFiles(place: JournalPlace): ReadonlyMap<HostPath, RunId> {
  const blocked = new Map<HostPath, RunId>();
  for (const journal of openJournals(place)) {
    if (journal.phase !== 'committed') continue;
    if (journal.failure === null && !isUndecidable(place.stateDir, journal)) continue;
    for (const file of journal.files) blocked.set(file.path, journal.header.run);
  }
  return blocked;
}
