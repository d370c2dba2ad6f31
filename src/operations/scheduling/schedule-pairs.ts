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
  /** An item of the plan is it; else something that all share moves it, as the zone of the file does. */
  readonly isItem: boolean;
}

/** The schedules of a file that a part of a plan writes. */
export interface ScheduledFile {
  readonly plan: string;
  readonly path: string;
  readonly pairs: readonly SchedulePair[];
  /** All that the file holds after it, by its items, those of others too. */
  readonly after: ReadonlyMap<string, HeldSchedule>;
  /** How many may run at once; null: the file does not say. */
  readonly atOnce: { readonly before: number | null; readonly after: number | null };
}

/**
 * What a change set changes of schedules: their text, whether they are on, or the zone or dialect that they are read in. Not those of files
 * that are recorded without copies, whose contents no log keeps.
 */
export function scheduledFiles(
  parts: readonly PlannedPart[],
  plans: readonly ResolvedPlan[],
  kindOf: KindOf,
): readonly ScheduledFile[] {
  return parts.flatMap((planned) =>
    planned.part.files
      .filter(({ write, record }) => write && (record?.rule ?? 'full') === 'full')
      .flatMap((file) => fileOf(planned, file, plans, kindOf(file.kind))),
  );
}

function fileOf(
  { part: { plan, items }, images }: PlannedPart,
  file: FileChange,
  plans: readonly ResolvedPlan[],
  kind: Kind,
): readonly ScheduledFile[] {
  const { path } = file;
  const pair = images.get(path);
  if (kind.schedules === undefined || pair === undefined) return [];
  const [before, after] = [new Map<string, HeldSchedule>(), new Map<string, HeldSchedule>()];
  let atOnce: ScheduledFile['atOnce'] = { before: null, after: null };
  for (const spec of specsOf(plan, file, plans)) {
    for (const [key, held] of kind.schedules(spec, pair.before, path)) before.set(key, held);
    for (const [key, held] of kind.schedules(spec, pair.after, path)) after.set(key, held);
    atOnce = {
      before: kind.runsAtOnce?.(spec, pair.before, path) ?? atOnce.before,
      after: kind.runsAtOnce?.(spec, pair.after, path) ?? atOnce.after,
    };
  }
  const own = new Set<string>(items.filter((one) => one.path === path).map(({ key }) => key));
  const pairs = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, fresh] = [before.get(key) ?? null, after.get(key) ?? null];
    if (isSame(old, fresh)) return [];
    return [{ plan, path, key, before: old, after: fresh, isItem: own.has(key) }];
  });
  return [{ plan, path, pairs, after, atOnce }];
}

/**
 * Its resources of the file; where it gives the file back, those of other plans, as only a resource says who reads a file of schedules.
 * Null where there is none.
 */
function specsOf(
  plan: string,
  { path, kind, resources }: FileChange,
  plans: readonly ResolvedPlan[],
): readonly (ResourceSpec | null)[] {
  const all = plans.find(({ name }) => name === plan)?.resources ?? [];
  const specs = all.filter(({ id }) => resources.includes(id)).map(({ spec }) => spec);
  if (specs.length > 0) return specs;
  const others = plans
    .flatMap((other) => other.resources.map(({ spec }) => spec))
    .filter((spec) => spec.kind === kind && spec.path === path);
  return others.length === 0 ? [null] : others;
}

function isSame(a: HeldSchedule | null, b: HeldSchedule | null): boolean {
  return (
    a?.text === b?.text &&
    a?.zone === b?.zone &&
    a?.dialect === b?.dialect &&
    a?.enabled === b?.enabled
  );
}
