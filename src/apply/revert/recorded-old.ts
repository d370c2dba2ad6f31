import { createHash } from 'node:crypto';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { copyCandidates, type CopySection } from '../../git/record/tree-layout.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { objectPath } from '../../host/backups/object-store.ts';
import type { CommitId, RealPath, Sha256 } from '../../model/brand.ts';
import type { JournalFile } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/** The old content of a file as recorded state has it. */
export interface RecordedOld {
  readonly kept: 'recorded';
  /** The state repository, or the object in the backup store. */
  readonly path: RealPath;
  /** `<commit or tree>:<name>` for `git show`; null: it came from the backup store. */
  readonly object: string | null;
  readonly bytes: Uint8Array;
}

/**
 * The content from before the run, out of the recorded state: the copy at the commit before it, or the one from before
 * management that the run itself prepared; of a file that is recorded without copies, out of the backup store. Null when neither has
 * these very bytes or the repository cannot be read; the reason is then in the run's diagnostics.
 */
export async function recordedOld(run: OpenRun, file: JournalFile): Promise<RecordedOld | null> {
  const { trees } = committed(run);
  const { state } = run.context;
  const kept = trees.kept as CommitId;
  const found = async (section: CopySection, at: CommitId): Promise<RecordedOld | null> => {
    const read =
      section === 'files'
        ? await state.contents([file.path], at)
        : await state.originalContents([file.path], at);
    const bytes = read.get(file.path);
    if (bytes === undefined || digest(bytes) !== file.before?.sha256) return null;
    const [name] = copyCandidates(section, file.path);
    const { record } = (await state.loadAt(at)).files.get(file.path) ?? {};
    return record === 'full'
      ? { kept: 'recorded', path: state.dir as RealPath, object: `${at}:${name}`, bytes }
      : { kept: 'recorded', path: storedAt(run, file.before.sha256), object: null, bytes };
  };
  try {
    const before = trees.parent === null ? null : await found('files', trees.parent);
    return before ?? (await found('original', kept));
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    run.diagnostics.push(...error.diagnostics);
    return null;
  }
}

/** Where the backup store of this host has a content. */
export function storedAt({ context }: OpenRun, name: Sha256): RealPath {
  return objectPath(backupsOf(context.host.stateDir), name);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
