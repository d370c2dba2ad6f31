import { copyCandidates } from '../../git/record/tree-layout.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { objectPath } from '../../host/backups/object-store.ts';
import type { CommitId, HostPath, RealPath, Sha256 } from '../../model/brand.ts';
import { sha256 as digest } from '../../model/canonical-json.ts';
import type { JournalFile } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { tolerate } from '../machine/tolerate.ts';

/** One of the two contents of a file in a run as recorded state has it. */
export interface RecordedVersion {
  /** The state repository, or the object in the backup store. */
  readonly path: RealPath;
  /** `<commit or tree>:<name>` for `git show`; null: it came from the backup store. */
  readonly object: string | null;
  readonly bytes: Uint8Array;
}

interface RecordedPlace {
  readonly section: 'files' | 'original';
  readonly at: CommitId;
}

/**
 * The content from before the run: the copy at the commit before it, or the one from before management that the run itself
 * prepared. Null as in `recordedVersion`.
 */
export async function recordedOld(
  run: OpenRun,
  { path, before }: JournalFile,
): Promise<RecordedVersion | null> {
  if (before === null) return null;
  const { parent, kept } = committed(run).trees;
  const places: RecordedPlace[] = parent === null ? [] : [{ section: 'files', at: parent }];
  places.push({ section: 'original', at: kept as CommitId });
  return recordedVersion(run, path, before.sha256, places);
}

/** The content that the run wrote or was to write, from its own tree. Null as in `recordedVersion`. */
export async function recordedNew(
  run: OpenRun,
  { path, after }: JournalFile,
): Promise<RecordedVersion | null> {
  if (after === null) return null;
  const { kept } = committed(run).trees;
  return recordedVersion(run, path, after.sha256, [{ section: 'files', at: kept as CommitId }]);
}

/**
 * From the first of the places that has these very bytes; of a file that is recorded without copies, out of the backup store. Null
 * when none has them or the repository cannot be read; the reason is then in the run's diagnostics.
 */
async function recordedVersion(
  run: OpenRun,
  path: HostPath,
  sha256: Sha256,
  places: readonly RecordedPlace[],
): Promise<RecordedVersion | null> {
  const first = await tolerate(run, async () => {
    for (const place of places) {
      const found = await versionAt(run, path, sha256, place);
      if (found !== null) return found;
    }
    return null;
  });
  return first ?? null;
}

async function versionAt(
  { context: { state, host } }: OpenRun,
  path: HostPath,
  sha256: Sha256,
  { section, at }: RecordedPlace,
): Promise<RecordedVersion | null> {
  const contents =
    section === 'files'
      ? await state.contents([path], at)
      : await state.originalContents([path], at);
  const bytes = contents.get(path);
  if (bytes === undefined || digest(bytes) !== sha256) return null;
  const { record } = (await state.loadAt(at)).files.get(path) ?? {};
  if (record !== 'full')
    return { path: objectPath(backupsOf(host.stateDir), sha256), object: null, bytes };
  const [name] = copyCandidates(section, path);
  return { path: state.dir as RealPath, object: `${at}:${name}`, bytes };
}
