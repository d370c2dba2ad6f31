import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { Snapshot, SnapshotFile } from '../../model/backup.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RunId } from '../../model/brand.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import {
  composeReturn,
  previewOfReturn,
  type PlannedReturn,
  type ReturnQuestion,
} from '../going-back/compose-return.ts';
import { lookAt, type ReturnedFile } from '../going-back/returned-file.ts';
import { keptRuns } from '../reverting/kept-run.ts';
import type { Session } from '../session.ts';
import { imageIn } from './content.ts';
import { isOriginal, kindOfRestored, type RestoredImage } from './restored-gates.ts';
import { restoredItems } from './restored-items.ts';
import type { RestorePreview } from './results.ts';
import { summaryOf } from './summary.ts';

export interface RestoreQuestion extends Pick<ReturnQuestion, 'acknowledged'> {
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
  { snapshot, files: named, state, offline, acknowledged, defaults }: RestoreQuestion,
): Promise<PlannedRestore> {
  const { plan, workspace, run } = snapshot;
  const recorded = await state.load();
  const versions = { now: recorded, earlier: await recordedBefore(state, run) };
  const planned = await composeReturn(session, {
    plan,
    workspace,
    all: await planFiles(session, snapshot, named, versions),
    inputs: (paths) => digestOf({ restore: run, paths }),
    recorded,
    state,
    offline,
    acknowledged,
    defaults,
  });
  const shown = await previewOfReturn(session, planned);
  const unmanaged = planned.files.filter(isUnmanaged).map(({ path }) => path);
  const preview = { ...shown, snapshot: summaryOf(snapshot), unmanaged };
  return { ...planned, preview, snapshot };
}

/** Nobody owns anything in it afterwards, and that it is the original is not known. */
function isUnmanaged({ managed, items = managed?.items ?? {}, original }: ReturnedFile): boolean {
  return Object.keys(items).length === 0 && !original;
}

interface Versions {
  readonly now: RecordedState;
  /** As recorded just before the run; null: its commit is not there any more. */
  readonly earlier: RecordedState['files'] | null;
}

async function recordedBefore(state: StateRepository, run: RunId): Promise<Versions['earlier']> {
  const [kept] = keptRuns(await state.commitsOfRun(run));
  if (kept === undefined) return null;
  return kept.base === null ? new Map() : (await state.loadAt(kept.base)).files;
}

async function planFiles(
  session: Session,
  snapshot: Snapshot,
  named: readonly SnapshotFile[],
  versions: Versions,
): Promise<readonly ReturnedFile[]> {
  const all: ReturnedFile[] = [];
  const problems: Diagnostic[] = [];
  // Back the way that the run came.
  for (const file of named.toReversed()) {
    const planned = await planFile(session, snapshot, file, versions);
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
  { now, earlier }: Versions,
): Promise<ReturnedFile | Diagnostic> {
  const { path } = file;
  const managed = now.files.get(path);
  const found = await lookAt(session.host, path, managed);
  if ('obstacle' in found) return notRestorable(found.obstacle);
  const after = await imageIn(session, snapshot.run, file);
  const image: RestoredImage = { path, before: found.image, after, managed };
  const original = isOriginal(image, file.before?.sha256 ?? null);
  const returned = { ...image, live: found.state, wanted: file.before, original };
  if (managed === undefined || earlier === null) return returned;
  const known = { managed, earlier: earlier.get(path) ?? null, plans: now.plans };
  const items = restoredItems({ ...known, after, kind: kindOfRestored(image) });
  return { ...returned, items };
}

function notRestorable(reason: string): Diagnostic {
  return {
    code: 'SP5065',
    severity: 'error',
    message: `nothing was restored: ${reason}`,
    help: 'Put the path right by hand, or name only the other files of the backup.',
  };
}
