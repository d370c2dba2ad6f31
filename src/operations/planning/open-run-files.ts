import { openJournals, type JournalPlace } from '../../apply/journal/journal-file.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';

/** Planned files whose bytes are those that an open run wrote: not recorded yet, but nobody else's. */
export function filesOfOpenRuns(
  place: JournalPlace,
  { parts }: ChangeSet,
): Readonly<Record<HostPath, RunId>> {
  const written = new Map<string, RunId>();
  for (const journal of openJournals(place)) {
    if (journal.phase !== 'committed') continue;
    for (const { path, after } of journal.files) {
      written.set(JSON.stringify([path, after?.sha256]), journal.header.run);
    }
  }
  const found: Record<HostPath, RunId> = {};
  for (const { path, before } of parts.flatMap(({ files }) => files)) {
    const run = written.get(JSON.stringify([path, before?.sha256]));
    if (run !== undefined) found[path] = run;
  }
  return found;
}
