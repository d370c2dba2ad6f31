import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import { itemsAsIn } from '../../kinds/items-as-in.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { Snapshot, SnapshotFile } from '../../model/backup.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import {
  composeReturn,
  previewOfReturn,
  type PlannedReturn,
} from '../going-back/compose-return.ts';
import { lookAt, type ReturnedFile } from '../going-back/returned-file.ts';
import type { Session } from '../session.ts';
import { imageIn } from './content.ts';
import { isOriginal, type RestoredImage } from './restored-gates.ts';
import type { RestorePreview } from './results.ts';
import { summaryOf } from './summary.ts';

export interface RestoreQuestion {
  readonly snapshot: Snapshot;
  readonly files: readonly SnapshotFile[];
  readonly state: StateRepository;
  /** No gates are asked: what only they need may be gone. */
  readonly offline: boolean;
  readonly defaults: GateDefaults;
}

/** A restore as it would be done now: computed for the preview, and again under the lock. */
export interface PlannedRestore extends PlannedReturn {
  readonly preview: RestorePreview;
  readonly snapshot: Snapshot;
}

/**
 * Compares files of a snapshot with the host; changes nothing. Throws SP5065 (exit 7) for every path that cannot be replaced,
 * SP5061 (exit 1) for content that is missing or damaged, and as composeReturn.
 */
export async function planRestore(
  session: Session,
  { snapshot, files: named, state, offline, defaults }: RestoreQuestion,
): Promise<PlannedRestore> {
  const recorded = await state.load();
  const { plan, workspace, run } = snapshot;
  const planned = await composeReturn(session, {
    plan,
    workspace,
    all: await planFiles(session, snapshot, named, recorded),
    inputs: (paths) => digestOf({ restore: run, paths }),
    recorded,
    state,
    offline,
    defaults,
  });
  const shown = await previewOfReturn(session, planned);
  const preview = { ...shown, snapshot: summaryOf(snapshot) };
  return { ...planned, preview, snapshot };
}

async function planFiles(
  session: Session,
  snapshot: Snapshot,
  named: readonly SnapshotFile[],
  recorded: RecordedState,
): Promise<readonly ReturnedFile[]> {
  const all: ReturnedFile[] = [];
  const problems: Diagnostic[] = [];
  // Back the way that the run came.
  for (const file of named.toReversed()) {
    const planned = await planFile(session, snapshot, file, recorded);
    if ('code' in planned) problems.push(planned);
    else all.push(planned);
  }
  if (problems.length > 0) throw new SetpointError(EXIT.refused, problems);
  return all;
}

async function planFile(
  session: Session,
  snapshot: Snapshot,
  file: SnapshotFile,
  recorded: RecordedState,
): Promise<ReturnedFile | Diagnostic> {
  const { path } = file;
  const managed = recorded.files.get(path);
  const found = await lookAt(session.host, path, managed);
  if ('obstacle' in found) return notRestorable(found.obstacle);
  const after = await imageIn(session, snapshot.run, file);
  const image: RestoredImage = { path, before: found.image, after, managed };
  const original = isOriginal(image, file.before?.sha256 ?? null);
  const items = managed === undefined ? {} : { items: itemsOf(managed, after) };
  return { ...image, live: found.state, wanted: file.before, original, ...items };
}

/** Setpoint gives them the values that the backup has: that is no drift, plan files only say otherwise. */
function itemsOf({ kind, path, items }: ManagedFile, after: FileImage): ManagedFile['items'] {
  return itemsAsIn(kindOf(kind), path, items, after);
}

function notRestorable(reason: string): Diagnostic {
  return {
    code: 'SP5065',
    severity: 'error',
    message: `nothing was restored: ${reason}`,
    help: 'Put the path right by hand, or name only the other files of the backup.',
  };
}
