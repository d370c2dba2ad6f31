import { openJournals } from '../../apply/journal/journal-file.ts';
import { namesKeptAside } from '../../git/record/kept-aside.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId, HostPath, Sha256 } from '../../model/brand.ts';
import type { Session } from '../session.ts';

/**
 * Contents that only the backup store has: of files that are recorded without copies, now and by every run that is open. No snapshot
 * names them for that, and no retention rule takes them.
 */
export async function neededObjects(
  { host }: Session,
  state: StateRepository,
): Promise<ReadonlyMap<Sha256, HostPath>> {
  const trees = openJournals(host).flatMap((journal) =>
    journal.phase === 'committed' && journal.trees.kept !== ''
      ? [journal.trees.unchanged, journal.trees.kept]
      : [],
  );
  const records = [await state.load()];
  for (const tree of new Set(trees)) records.push(await state.loadAt(tree as CommitId));
  return new Map(records.flatMap((recorded) => [...namesKeptAside(recorded)]));
}
