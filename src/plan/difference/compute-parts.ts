import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey, RunId } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedItem } from '../../model/item.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { collectDeclarations } from './declarations.ts';
import { judgeReach } from './judge-reach.ts';
import { ownershipProblems } from './ownership.ts';
import { planPart } from './plan-part.ts';
import type { PlannedPart, PlannerInput } from './planner-input.ts';
import { releasePart } from './release-part.ts';
import type { World } from './world.ts';
import { leaveBehind, openWorld } from './world.ts';

export interface PlannedParts {
  readonly parts: readonly PlannedPart[];
  /** Declared items that need nothing. */
  readonly inSync: number;
  /** Each file that was looked at as the last part leaves it. */
  readonly left: ReadonlyMap<HostPath, FileImage>;
}

/** Stands for a run that has not happened yet; never leaves the planner. */
const PENDING_RUN = '' as RunId;

/**
 * The change set's parts in execution order: plans as ordered, then releases of gone plans, the most recently recorded first.
 * Every problem of every plan at once.
 */
export function computeParts(input: PlannerInput): Result<PlannedParts> {
  const world = openWorld([...input.observed.values()], input.recorded, input.workspace);
  const first = new Map(world.files);
  const declarations = collectDeclarations(input, world);
  const problems: Diagnostic[] = [
    ...declarations.problems,
    ...ownershipProblems(declarations, input.recorded, input.workspace),
  ];
  if (problems.length > 0) return fail(...problems);
  const parts: PlannedPart[] = [];
  let inSync = 0;
  for (const plan of input.plans) {
    if (input.scope.length > 0 && !input.scope.includes(plan.name)) continue;
    const planned = planPart(input, world, plan, declarations);
    if (!planned.ok) {
      problems.push(...planned.diagnostics);
      continue;
    }
    inSync += planned.value.inSync;
    if (planned.value.part === null) continue;
    parts.push(planned.value.part);
    advance(world, input, planned.value.part);
  }
  for (const record of releasable(input, world, parts)) {
    const planned = releasePart(input, world, record, declarations);
    if (!planned.ok) problems.push(...planned.diagnostics);
    else {
      parts.push(planned.value);
      advance(world, input, planned.value);
    }
  }
  if (problems.length > 0) return fail(...problems);
  const judged = judgeReach(input, { first, world, declarations, parts });
  if (!judged.ok) return judged;
  const left = new Map([...world.files].map(([path, { image }]) => [path, image]));
  return ok({ parts: judged.value, inSync, left });
}

/** Gone plans that still own something, or have a record nobody else retires; the most recently recorded first. */
function releasable(
  input: PlannerInput,
  world: World,
  parts: readonly PlannedPart[],
): readonly PlanRecord[] {
  const retired = new Set(parts.flatMap(({ part }) => part.retires));
  const latest = new Map<string, number>();
  for (const items of world.items.values()) {
    for (const { owner, sequence } of items.values()) {
      latest.set(owner.plan, Math.max(latest.get(owner.plan) ?? -1, sequence));
    }
  }
  const last = (record: PlanRecord): number => latest.get(record.plan) ?? -1;
  return input.released
    .filter((record) => input.scope.length === 0 || input.scope.includes(record.plan))
    .filter((record) => !retired.has(record.plan))
    .sort((a, b) => last(b) - last(a) || (a.plan < b.plan ? 1 : -1));
}

/** Lets later parts see what this one leaves behind. */
function advance(world: World, input: PlannerInput, { part, images }: PlannedPart): void {
  for (const { path, record } of part.files) {
    const { rule = 'full', secret } = record ?? {};
    world.records.set(path, { record: rule, ...(secret === undefined ? {} : { secret }) });
  }
  for (const [path, { after }] of images) {
    const file = world.files.get(path);
    if (file === undefined) continue;
    leaveBehind(world, file, after, input.newOwner);
  }
  for (const change of part.items) {
    const items = world.items.get(change.path) ?? new Map<ItemKey, RecordedItem>();
    world.items.set(change.path, items);
    if (change.action === 'release' || change.action === 'forget') {
      items.delete(change.key);
      continue;
    }
    items.set(change.key, {
      owner: { workspace: input.workspace, plan: part.plan, resource: change.resource },
      label: change.label,
      before: change.before,
      applied: change.desired,
      run: PENDING_RUN,
      sequence: items.get(change.key)?.sequence ?? world.nextSequence++,
    });
  }
}
