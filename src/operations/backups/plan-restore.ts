import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import type { Snapshot, SnapshotFile } from '../../model/backup.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { imageOf } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { composeReturn, type PlannedReturn } from '../going-back/compose-return.ts';
import { previewOf, type ReturnedFile } from '../going-back/returned-file.ts';
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
  const { files, unchanged, part } = planned;
  const preview = {
    host: session.hostName,
    snapshot: summaryOf(snapshot),
    files: await Promise.all(files.map(previewOf)),
    unchanged,
    gates: [...part.steps.flatMap((step) => step.gates), ...part.gates].map(({ id }) => id),
    actions: part.steps.flatMap(({ onChange }) => onChange.map((action) => action.run)),
  };
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
  const {
    content,
    path: found,
    linkText,
  } = await session.host.root.observe(path, {
    inPlace: recorded.files.get(path)?.write === 'in-place',
  });
  if (content.kind === 'refused') return notRestorable(content.reason);
  if (found !== path || linkText !== null) {
    return notRestorable(`${path} leads through a symbolic link to ${found} now`);
  }
  const image: RestoredImage = {
    path,
    before: imageOf(content),
    after: await imageIn(session, snapshot.run, file),
    managed: recorded.files.get(path),
  };
  const original = isOriginal(image, file.before?.sha256 ?? null);
  const live = content.kind === 'file' ? content.state : null;
  return { ...image, live, wanted: file.before, original };
}

function notRestorable(reason: string): Diagnostic {
  return {
    code: 'SP5065',
    severity: 'error',
    message: `nothing was restored: ${reason}`,
    help: 'Put the path right by hand, or name only the other files of the backup.',
  };
}
