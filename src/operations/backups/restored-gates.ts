import { kindOf } from '../../kinds/registry.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Step } from '../../model/change-set.ts';
import type { GateSpec } from '../../model/check.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import { isSamePlan } from '../../model/plan-key.ts';
import type { ManagedFile, PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import { releaseGates, standingGates, turnedRound } from '../../plan/difference/step-gates.ts';

/** One file that a restore writes, with what is recorded about it. */
export interface RestoredImage {
  readonly path: HostPath;
  readonly before: FileImage;
  readonly after: FileImage;
  /** Absent: nobody owns anything in it (any more). */
  readonly managed: ManagedFile | undefined;
}

/** The kind whose rules hold for a file; one that nobody owns is a plain file. */
export function kindOfRestored({ managed }: RestoredImage): Kind {
  return kindOf(managed?.kind ?? 'file');
}

/** Whether the file goes back to what it was before setpoint managed it. */
export function isOriginal({ after, managed }: RestoredImage, sha256: string | null): boolean {
  if (managed === undefined) return false;
  const { state } = managed.original;
  return state === null ? !after.exists : state.sha256 === sha256;
}

/** Recorded plans, of any workspace, that own an item in one of the files. */
export function owningPlans(
  files: readonly RestoredImage[],
  recorded: RecordedState,
): readonly PlanRecord[] {
  const owners = files.flatMap(({ managed }) => Object.values(managed?.items ?? {}));
  return recorded.plans.filter((record) => owners.some(({ owner }) => isSamePlan(owner, record)));
}

/**
 * Gates and actions of one file: those that every owning plan recorded. They hold as they are, because the plans still apply;
 * going back to the time before management they are turned round, as in a release. No audits: what they prove is undone.
 */
export function restoreStep(
  file: RestoredImage,
  original: boolean,
  plans: readonly PlanRecord[],
  defaults: GateDefaults,
): Step {
  const { path, before, after } = file;
  const kind = kindOfRestored(file);
  const gatesOf = original ? releaseGates : standingGates;
  const gates: GateSpec[] = [];
  const actions = new Map<string, Step['onChange'][number]>();
  for (const record of owningPlans([file], { plans } as RecordedState)) {
    const own = record.gates.files[path];
    if (own === undefined) continue;
    const found = gatesOf(kind, own, { path, before, after, defaults });
    gates.push(...named(record, found, plans));
    for (const action of own.onChange) actions.set(JSON.stringify(action), action);
  }
  return { path, gates, onChange: [...actions.values()], audits: [] };
}

/** The own gates of the plans. */
export function restorePlanGates(
  plans: readonly PlanRecord[],
  original: boolean,
): readonly GateSpec[] {
  return plans.flatMap((record) => {
    const own = original ? record.gates.plan.flatMap(turnedRound) : record.gates.plan;
    return named(record, own, plans);
  });
}

/** Ids are unique within a plan; where several plans have a say, its name goes before them. */
function named(
  { plan, workspace }: PlanRecord,
  gates: readonly GateSpec[],
  plans: readonly PlanRecord[],
): readonly GateSpec[] {
  if (plans.length < 2) return gates;
  const twins = plans.filter((other) => other.plan === plan).length > 1;
  const owner = twins ? `${workspace}/${plan}` : plan;
  return gates.map((gate) => ({ ...gate, id: `${owner}/${gate.id}` }));
}
