import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { HostPath, PlanName, RunId } from '../../model/brand.ts';
import type { FileChange, PlanPart, Step } from '../../model/change-set.ts';
import type { ResolvedPlan, ResolvedResource, WorkspaceFile } from '../../model/plan-file.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import { holds } from '../../model/recorded-state.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import { spliceBetween } from '../change-set/splice.ts';
import type { Declarations } from './declarations.ts';
import { itemId } from './declarations.ts';
import { judgeContent } from './judge-content.ts';
import { located } from './located.ts';
import { ledElsewhere } from './led-elsewhere.ts';
import { misplacedAudits } from './misplaced-audits.ts';
import { orderDifferences } from './order-steps.ts';
import type { FileDifference } from './plan-file-change.ts';
import { planFileChange } from './plan-file-change.ts';
import { shownRecord } from './file-record.ts';
import type { ImagePair, PlannedPart, PlannerInput } from './planner-input.ts';
import { executedBySteps, recordedFiles } from './referenced-files.ts';
import type { GatedFile } from './step-gates.ts';
import { partWarning } from './part-warning.ts';
import { applyGates, recordedFileGates, releaseGates } from './step-gates.ts';
import { surroundingsOf } from './surroundings.ts';
import type { World } from './world.ts';
import { isForeignEdit, stateOf } from './world.ts';

/** What one plan does on this host; no part when everything is in sync. */
export function planPart(
  input: PlannerInput,
  world: World,
  plan: ResolvedPlan,
  declarations: Declarations,
): Result<{ readonly part: PlannedPart | null; readonly inSync: number }> {
  const resources = resourcesByFile(input, plan);
  const differences = differencesOf(input, world, plan.name, resources, declarations);
  if (!differences.ok) return differences;
  const changed = orderDifferences(
    differences.value.filter(
      (one) =>
        one.items.length > 0 || isRecordedAnew(one, resources) || isRenamed(input, one, resources),
    ),
    world.items,
  );
  const unchanged = differences.value.reduce((sum, difference) => sum + difference.unchanged, 0);
  if (changed.length === 0 && !recordIsOutdated(input, plan)) {
    return ok({ part: null, inSync: unchanged });
  }
  const files = changed.map((difference) => fileChange(input, world, difference));
  const steps = changed.flatMap((difference, index) =>
    files[index]?.write === true
      ? [stepOf(input, plan, difference, resources.get(difference.file.path) ?? [])]
      : [],
  );
  const part: PlanPart = {
    plan: plan.name,
    file: plan.file,
    operation: 'apply',
    inputDigest: plan.inputDigest,
    items: changed.flatMap((difference) => difference.items),
    files,
    steps,
    gates: steps.length === 0 ? [] : plan.gates,
    workspaceFiles: filesOfRun(input, plan, steps, resources),
    record: {
      files: Object.fromEntries(
        [...resources].map(([path, own]) => [path, recordedFileGates(own)]),
      ),
      plan: plan.gates,
    },
    retires: retiredPlans(input, world, changed),
    unchanged,
    warnings: changed.flatMap(({ warnings }) => warnings.map(partWarning)),
  };
  return ok({ part: { part, images: imagesOf(changed) }, inSync: unchanged });
}

/** Only how much of the file is recorded changes; who declares it says that. */
function isRecordedAnew(
  { file, record }: FileDifference,
  resources: ReadonlyMap<HostPath, unknown>,
): boolean {
  return record.was !== undefined && resources.has(file.path);
}

/** The name by which it is recorded leads elsewhere, and the plan says another one: only that is to be recorded. */
function isRenamed(
  { recorded, observed }: PlannerInput,
  { file }: FileDifference,
  resources: ReadonlyMap<HostPath, unknown>,
): boolean {
  const managed = recorded.files.get(file.path);
  if (managed === undefined || !resources.has(file.path)) return false;
  const led = ledElsewhere(managed, observed);
  return led !== null && led.name !== file.path;
}

/** The plan's own files, and what recorded gates and actions of files that it gives back need beside them. */
function filesOfRun(
  input: PlannerInput,
  plan: ResolvedPlan,
  steps: readonly Step[],
  resources: ReadonlyMap<HostPath, unknown>,
): readonly WorkspaceFile[] {
  const record = recordOf(input, plan.name);
  const released = steps.filter(({ path }) => !resources.has(path));
  const recorded = record === undefined ? [] : recordedFiles([record], executedBySteps(released));
  const own = new Set(plan.workspaceFiles.map(({ path }) => path));
  return [...plan.workspaceFiles, ...recorded.filter(({ path }) => !own.has(path))];
}

/** Gates, audits or actions changed, a hold no longer applies, or it is asked for: recorded although no item changes. */
function recordIsOutdated(input: PlannerInput, plan: ResolvedPlan): boolean {
  const record = recordOf(input, plan.name);
  if (record === undefined) return false;
  if (input.rerecorded?.has(plan.name) === true) return true;
  const heldForOthers = record.hold !== null && !holds(record.hold, plan.inputDigest);
  return record.inputDigest !== plan.inputDigest || heldForOthers;
}

function recordOf(input: PlannerInput, plan: PlanName): PlanRecord | undefined {
  return recordOfPlan(input.recorded.plans, { workspace: input.workspace, plan });
}

function resourcesByFile(
  input: PlannerInput,
  plan: ResolvedPlan,
): Map<HostPath, readonly ResolvedResource[]> {
  const byFile = new Map<HostPath, ResolvedResource[]>();
  for (const resource of plan.resources) {
    const path = input.observed.get(resource.spec.path)?.path ?? resource.spec.path;
    byFile.set(path, [...(byFile.get(path) ?? []), resource]);
  }
  return byFile;
}

function differencesOf(
  input: PlannerInput,
  world: World,
  plan: PlanName,
  resources: ReadonlyMap<HostPath, readonly ResolvedResource[]>,
  declarations: Declarations,
): Result<readonly FileDifference[]> {
  const differences: FileDifference[] = [];
  const problems: Diagnostic[] = [];
  for (const path of new Set([...resources.keys(), ...filesOwnedBy(world, plan)])) {
    const kindName = resources.get(path)?.[0]?.spec.kind ?? world.recorded.files.get(path)?.kind;
    if (kindName === undefined || !world.files.has(path)) continue;
    const question = {
      plan,
      path,
      kind: input.kindOf(kindName),
      declared: (declarations.byFile.get(path) ?? []).filter((d) => d.plan === plan),
      declarations,
    };
    const difference = planFileChange(input, world, question);
    const own = resources.get(path) ?? [];
    const around = surroundingsOf(input, world, differences, question);
    const judged = difference.ok ? judgeContent(difference.value, own, around) : difference;
    if (judged.ok) {
      differences.push(judged.value);
      problems.push(...own.flatMap((one) => misplacedAudits(one, judged.value.after)));
    } else problems.push(...judged.diagnostics.map((d) => located(d, own[0])));
  }
  return problems.length > 0 ? fail(...problems) : ok(differences);
}

/** Files in which the plan owns an item as things stand. */
export function filesOwnedBy(world: World, plan: PlanName): readonly HostPath[] {
  return [...world.items]
    .filter(([, items]) => [...items.values()].some((item) => item.owner.plan === plan))
    .map(([path]) => path);
}

function stepOf(
  input: PlannerInput,
  plan: ResolvedPlan,
  difference: FileDifference,
  resources: readonly ResolvedResource[],
): Step {
  const { path } = difference.file;
  if (resources.length > 0) {
    return {
      path,
      gates: applyGates(difference.kind, resources, gatedFile(input, difference)),
      onChange: resources.flatMap((resource) => resource.onChange),
      audits: resources.flatMap((resource) => resource.audits),
    };
  }
  const recorded = recordOf(input, plan.name)?.gates.files[path] ?? {
    gates: [],
    derive: [],
    onChange: [],
  };
  return {
    path,
    gates: releaseGates(difference.kind, recorded, gatedFile(input, difference)),
    onChange: recorded.onChange,
    audits: [],
  };
}

export function gatedFile(input: PlannerInput, { file, after }: FileDifference): GatedFile {
  return { path: file.path, before: file.image, after, defaults: input.gateDefaults };
}

/** Binding of one touched file: what it must be now, and what it will be. */
export function fileChange(
  input: PlannerInput,
  world: World,
  difference: FileDifference,
): FileChange {
  const { file, kind, after, method } = difference;
  const next = stateOf(after, file.state, input.newOwner);
  const splice = spliceBetween(file.image, after);
  const sameMode = (file.state?.mode ?? null) === (next?.mode ?? null);
  return {
    path: file.path,
    declared: file.declared,
    linkText: file.linkText,
    kind: kind.name,
    watched: kind.watched || watchedDirectory(file.path),
    write: splice !== null || !sameMode,
    ...(method === undefined ? {} : { method }),
    before: file.state,
    after: next === null ? null : { sha256: next.sha256, size: next.size, mode: next.mode },
    splice,
    lastRun: lastRunOf(input, file.path),
    foreignEdit: isForeignEdit(world, file),
    ...shownRecord(difference.record),
    restart: kind.restart(file.image, after),
    resources: [...new Set(difference.items.map((item) => item.resource))],
  };
}

function lastRunOf(input: PlannerInput, path: HostPath): RunId | null {
  return input.recorded.files.get(path)?.lastRun ?? input.formerRuns.get(path) ?? null;
}

export function imagesOf(differences: readonly FileDifference[]): ReadonlyMap<HostPath, ImagePair> {
  return new Map(differences.map(({ file, after }) => [file.path, { before: file.image, after }]));
}

/** Plans that are gone from the workspace and lose their last item to this part. */
function retiredPlans(
  input: PlannerInput,
  world: World,
  changed: readonly FileDifference[],
): readonly PlanName[] {
  const taken = changed.flatMap((difference) => difference.items.filter((item) => item.movedFrom));
  const ids = new Set(taken.map((item) => itemId(item.path, item.key)));
  const gone = input.released.filter((record) =>
    taken.some((item) => item.movedFrom === record.plan),
  );
  return gone
    .map((record) => record.plan)
    .filter((plan) =>
      filesOwnedBy(world, plan).every((path) =>
        [...(world.items.get(path) ?? [])].every(
          ([key, item]) => item.owner.plan !== plan || ids.has(itemId(path, key)),
        ),
      ),
    )
    .sort();
}
