import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RetentionRules, Snapshot } from '../../model/backup.ts';
import type { RunId, Sha256, WorkspaceName } from '../../model/brand.ts';
import type { BackupPlace } from './backup-paths.ts';
import { LIBRARY_WORKSPACE } from '../../model/library-run.ts';
import { listObjects, removeObjects, type StoredObject } from './object-store.ts';
import { retained } from './retention.ts';
import { readSnapshots, removeSnapshots } from './snapshots.ts';

/** Objects younger than this are never swept (milliseconds): whoever wrote them may not have named them yet. */
const GRACE = 3_600_000;

export interface PruneQuestion {
  readonly rules: RetentionRules;
  /** Only its snapshots are judged, and those of programs: another workspace on the host has rules of its own. */
  readonly workspace: WorkspaceName;
  /** Runs whose snapshots stay whatever the rules say. */
  readonly needed: ReadonlySet<RunId>;
  /** Objects that stay although no snapshot names them. */
  readonly objects: { has(name: Sha256): boolean };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface PrunePlan {
  readonly keep: readonly Snapshot[];
  readonly remove: readonly Snapshot[];
  /** Named by no snapshot that stays. */
  readonly sweep: readonly StoredObject[];
  /** Snapshots that cannot be read. Nothing is swept then: what they name is not known. */
  readonly problems: readonly Diagnostic[];
}

/** Marks: what goes and what stays. Changes nothing. Errors: SP601x. */
export function planPrune(place: BackupPlace, question: PruneQuestion): PrunePlan {
  const { snapshots, problems } = readSnapshots(place);
  const own = snapshots.filter(({ workspace }) => workspace === question.workspace);
  const lines = [own, ...byProgram(snapshots)];
  const wanted = new Set(lines.flatMap((line) => retained(line, question.rules, question.now)));
  const remove = lines.flat().filter((one) => !wanted.has(one) && !question.needed.has(one.run));
  const gone = new Set(remove);
  const keep = snapshots.filter((one) => !gone.has(one));
  const marked = new Set<Sha256>(keep.flatMap(objectsOf));
  const old = (object: StoredObject): boolean => question.now - object.written > GRACE;
  const sweep =
    problems.length > 0
      ? []
      : listObjects(place).filter(
          (object) =>
            !marked.has(object.sha256) && !question.objects.has(object.sha256) && old(object),
        );
  return { keep, remove, sweep, problems };
}

/** What programs replaced: a line of snapshots for each set of files, so that one that is written often keeps no other one's few. */
function byProgram(snapshots: readonly Snapshot[]): readonly (readonly Snapshot[])[] {
  const lines = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    if (snapshot.workspace !== LIBRARY_WORKSPACE) continue;
    const files = snapshot.files.map(({ path }) => path).join('\0');
    const line = lines.get(files);
    if (line === undefined) lines.set(files, [snapshot]);
    else line.push(snapshot);
  }
  return [...lines.values()];
}

/**
 * Carries a plan out; the caller holds the run lock. Snapshots go first and for good, objects last: cut off anywhere, every
 * snapshot that is left has its objects, and the next prune takes the rest. Errors: SP601x.
 */
export async function prune(place: BackupPlace, plan: PrunePlan): Promise<void> {
  await removeSnapshots(place, plan.remove);
  await removeObjects(
    place,
    plan.sweep.map((object) => object.sha256),
  );
}

/** Hashes of the contents that a snapshot needs. */
export function objectsOf({ files }: Snapshot): readonly Sha256[] {
  return files.flatMap(({ before }) => (before === null ? [] : [before.sha256]));
}
