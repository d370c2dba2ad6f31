import type { HeldSchedule } from '../../kinds/held-schedule.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { FileChange } from '../../model/change-set.ts';
import type { KindName, ResolvedPlan, ResourceSpec } from '../../model/plan-file.ts';
import type { PlannedPart } from '../../plan/difference/planner-input.ts';

export type KindOf = (name: KindName) => Kind;

/** A schedule before and after a part of a plan; they differ. */
export interface SchedulePair {
  readonly plan: string;
  readonly path: string;
  readonly key: string;
  readonly before: HeldSchedule | null;
  readonly after: HeldSchedule | null;
}

/**
 * What a change set changes of schedules: their text, or the zone or dialect that they are read in. Not those of files that are recorded
 * without copies, whose contents no log keeps.
 */
export function schedulePairs(
  parts: readonly PlannedPart[],
  plans: readonly ResolvedPlan[],
  kindOf: KindOf,
): readonly SchedulePair[] {
  return parts.flatMap((planned) =>
    planned.part.files
      .filter(({ write, record }) => write && (record?.rule ?? 'full') === 'full')
      .flatMap((file) => pairsOf(planned, file, plans, kindOf(file.kind))),
  );
}

function pairsOf(
  { part, images }: PlannedPart,
  file: FileChange,
  plans: readonly ResolvedPlan[],
  kind: Kind,
): readonly SchedulePair[] {
  const pair = images.get(file.path);
  if (kind.schedules === undefined || pair === undefined) return [];
  const found = new Map<string, SchedulePair>();
  for (const spec of specsOf(part.plan, file, plans)) {
    const before = kind.schedules(spec, pair.before, file.path);
    const after = kind.schedules(spec, pair.after, file.path);
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, fresh] = [before.get(key) ?? null, after.get(key) ?? null];
      if (isSame(old, fresh)) continue;
      found.set(key, { plan: part.plan, path: file.path, key, before: old, after: fresh });
    }
  }
  return [...found.values()];
}

/** Its resources of the file; null where the plan is gone and gives them back. */
function specsOf(
  plan: string,
  { resources }: FileChange,
  plans: readonly ResolvedPlan[],
): readonly (ResourceSpec | null)[] {
  const all = plans.find(({ name }) => name === plan)?.resources ?? [];
  const specs = all.filter(({ id }) => resources.includes(id)).map(({ spec }) => spec);
  return specs.length === 0 ? [null] : specs;
}

function isSame(a: HeldSchedule | null, b: HeldSchedule | null): boolean {
  return a?.text === b?.text && a?.zone === b?.zone && a?.dialect === b?.dialect;
}
