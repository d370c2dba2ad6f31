import type { RunPart } from '../../apply/machine/run-input.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { Snapshot, SnapshotFile } from '../../model/backup.ts';
import type { Digest, HostPath, WorkspacePath } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { FileChange } from '../../model/change-set.ts';
import { imageOf, type FileState } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import type { StateRepository } from '../../git/state-repository.ts';
import { executedBySteps, recordedFiles } from '../../plan/difference/referenced-files.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { unifiedDiff } from '../planning/unified-diffs.ts';
import { placeProblems } from '../planning/place-problems.ts';
import { findRecordedFiles, type FoundFiles } from '../recorded-files/find-recorded-files.ts';
import { isForGatesOnly } from '../recorded-files/guard-recorded-files.ts';
import { missingFile } from '../recorded-files/missing-file.ts';
import type { Session } from '../session.ts';
import { sourceOfWorkspace } from '../workspace/read-source.ts';
import { imageIn } from './content.ts';
import {
  isOriginal,
  kindOfRestored,
  owningPlans,
  restorePlanGates,
  restoreStep,
  type RestoredImage,
} from './restored-gates.ts';
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
export interface PlannedRestore {
  readonly preview: RestorePreview;
  readonly snapshot: Snapshot;
  readonly part: RunPart;
  readonly files: readonly PlannedFile[];
  readonly kept: FoundFiles;
  /** Over all that it does and depends on. */
  readonly digest: Digest;
}

export interface PlannedFile extends RestoredImage {
  readonly live: FileState | null;
  readonly wanted: FileState | null;
  readonly original: boolean;
}

/**
 * Compares files of a snapshot with the host; changes nothing. Throws SP5065 (exit 7) for every path that cannot be replaced,
 * SP3044 (exit 7) for scripts that are gone, SP5061 (exit 1) for content that is missing or damaged.
 */
export async function planRestore(
  session: Session,
  { snapshot, files: named, state, offline, defaults }: RestoreQuestion,
): Promise<PlannedRestore> {
  const recorded = await state.load();
  const all = await planFiles(session, snapshot, named, recorded);
  const files = all.filter(({ live, wanted }) => !sameState(live, wanted));
  const unchanged = all.filter((file) => !files.includes(file)).map(({ path }) => path);
  const plans = owningPlans(files, recorded);
  const steps = files.map((file) => restoreStep(file, file.original, plans, defaults));
  const gates = restorePlanGates(
    plans,
    files.every(({ original }) => original),
  );
  const wanted = recordedFiles(plans, executedBySteps(steps, gates));
  const kept = await findRecordedFiles(session, {
    wanted,
    records: plans,
    state,
    readSource: await sourceOfWorkspace(session.options.cwd),
  });
  const part: RunPart = {
    plan: snapshot.plan,
    file: (plans.find(({ plan }) => plan === snapshot.plan)?.file ?? '') as WorkspacePath,
    operation: 'restore',
    inputDigest: digestOf({ restore: snapshot.run, paths: files.map(({ path }) => path) }),
    items: [],
    files: files.map((file) => fileChange(file)),
    steps,
    gates,
    workspaceFiles: wanted.filter((file) => !kept.missing.includes(file)),
    record: { files: {}, plan: [] },
    retires: [],
    unchanged: unchanged.length,
    warnings: [],
  };
  const needed = kept.missing.filter((file) => !offline || !isForGatesOnly(file, [part]));
  const refusals = [
    ...(await placeProblems(session.host, [part], [])),
    ...needed.map((file) => missingFile(file, plans)),
  ];
  if (refusals.length > 0) throw new SetpointError(EXIT.refused, refusals);
  const digest = digestOf({ host: session.hostName, part, wanted: files.map((f) => f.wanted) });
  const preview = await previewOf(session, snapshot, files, unchanged, part);
  return { preview, snapshot, part, files, kept, digest };
}

async function planFiles(
  session: Session,
  snapshot: Snapshot,
  named: readonly SnapshotFile[],
  recorded: RecordedState,
): Promise<readonly PlannedFile[]> {
  const all: PlannedFile[] = [];
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
): Promise<PlannedFile | Diagnostic> {
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

function fileChange(file: PlannedFile): FileChange {
  const { path, live, wanted, managed } = file;
  const kind = kindOfRestored(file);
  return {
    path,
    declared: path,
    linkText: null,
    kind: kind.name,
    watched: kind.watched || watchedDirectory(path),
    write: true,
    ...(managed?.write === undefined ? {} : { method: managed.write }),
    before: live,
    after: wanted === null ? null : { sha256: wanted.sha256, size: wanted.size, mode: wanted.mode },
    splice: null,
    lastRun: managed?.lastRun ?? null,
    foreignEdit: isForeign(file),
    restart: kind.restart(file.before, file.after),
    resources: [],
  };
}

function isForeign({ live, managed }: PlannedFile): boolean {
  if (managed === undefined) return false;
  const { state } = managed;
  return state?.sha256 !== live?.sha256 || state?.mode !== live?.mode;
}

async function previewOf(
  session: Session,
  snapshot: Snapshot,
  files: readonly PlannedFile[],
  unchanged: readonly HostPath[],
  { steps, gates }: RunPart,
): Promise<RestorePreview> {
  const shown: RestorePreview['files'][number][] = [];
  for (const file of files) {
    const { path, live: before, wanted: after } = file;
    const same = before?.sha256 === after?.sha256;
    const diff = same ? '' : await unifiedDiff(path, file.before, file.after);
    shown.push({ path, before, after, foreignEdit: isForeign(file), diff });
  }
  return {
    host: session.hostName,
    snapshot: summaryOf(snapshot),
    files: shown,
    unchanged,
    gates: [...steps.flatMap((step) => step.gates), ...gates].map(({ id }) => id),
    actions: steps.flatMap(({ onChange }) => onChange.map(({ run }) => run)),
  };
}

function sameState(a: FileState | null, b: FileState | null): boolean {
  if (a === null || b === null) return a === b;
  return a.sha256 === b.sha256 && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

function notRestorable(reason: string): Diagnostic {
  return {
    code: 'SP5065',
    severity: 'error',
    message: `nothing was restored: ${reason}`,
    help: 'Put the path right by hand, or name only the other files of the backup.',
  };
}
