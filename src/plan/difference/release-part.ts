import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { PlanPart, Step } from '../../model/change-set.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { isSamePlan } from '../../model/plan-key.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import type { Declarations } from './declarations.ts';
import { judgeContent } from './judge-content.ts';
import { orderDifferences } from './order-steps.ts';
import { fileChange, filesOwnedBy, gatedFile, imagesOf } from './plan-part.ts';
import type { FileDifference } from './plan-file-change.ts';
import { planFileChange } from './plan-file-change.ts';
import type { PlannedPart, PlannerInput } from './planner-input.ts';
import { executedBySteps, recordedFiles } from './referenced-files.ts';
import { partWarning } from './part-warning.ts';
import { releaseGates, turnedRound } from './step-gates.ts';
import { surroundingsOf } from './surroundings.ts';
import type { World } from './world.ts';

/**
 * A plan that is gone gives everything back. Its recorded gates, and those of every other plan that owns an item in the same
 * files, watch over it. `null` when it owns nothing any more and another part retires it.
 */
export function releasePart(
  input: PlannerInput,
  world: World,
  record: PlanRecord,
  declarations: Declarations,
): Result<PlannedPart> {
  const differences: FileDifference[] = [];
  const problems: Diagnostic[] = [];
  for (const path of filesOwnedBy(world, record.plan)) {
    const managed = world.recorded.files.get(path);
    if (managed === undefined || !world.files.has(path)) continue;
    const kind = input.kindOf(managed.kind);
    const question = { plan: record.plan, path, kind, declared: [], declarations };
    const difference = planFileChange(input, world, question);
    const judged = difference.ok
      ? judgeContent(difference.value, [], surroundingsOf(input, world, differences, question))
      : difference;
    if (!judged.ok) problems.push(...judged.diagnostics);
    else if (judged.value.items.length > 0) differences.push(judged.value);
  }
  if (problems.length > 0) return fail(...problems);
  const ordered = orderDifferences(differences, world.items);
  const files = ordered.map((difference) => fileChange(input, world, difference));
  const steps = ordered.flatMap((difference, index) =>
    files[index]?.write === true ? [releaseStep(input, record, difference)] : [],
  );
  const gates = steps.length === 0 ? [] : record.gates.plan.flatMap(turnedRound);
  const others = input.recorded.plans.filter((other) => other !== record);
  const part: PlanPart = {
    plan: record.plan,
    file: record.file,
    operation: 'release',
    inputDigest: digestOf({ release: record.plan, applied: record.inputDigest }),
    items: ordered.flatMap((difference) => difference.items),
    files,
    steps,
    gates,
    // The checkout may have lost them together with the plan.
    workspaceFiles: recordedFiles([record, ...others], executedBySteps(steps, gates)),
    record: { files: {}, plan: [] },
    retires: [],
    unchanged: 0,
    warnings: ordered.flatMap((difference) => difference.warnings.map(partWarning)),
  };
  return ok({ part, images: imagesOf(ordered) });
}

function releaseStep(input: PlannerInput, record: PlanRecord, difference: FileDifference): Step {
  const { path } = difference.file;
  const own = record.gates.files[path] ?? { gates: [], derive: [], onChange: [] };
  const items = Object.values(input.recorded.files.get(path)?.items ?? {});
  // Of any workspace: whoever owns an item in the file has a say whether it still is healthy.
  const others = input.recorded.plans
    .filter((other) => other !== record && items.some(({ owner }) => isSamePlan(other, owner)))
    .flatMap((other) => other.gates.files[path]?.gates ?? []);
  const mine = releaseGates(difference.kind, own, gatedFile(input, difference));
  return {
    path,
    gates: [...mine, ...others.filter((gate) => !mine.some((known) => known.id === gate.id))],
    onChange: own.onChange,
    audits: [],
  };
}
