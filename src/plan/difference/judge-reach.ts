import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import { fateBetween } from '../../kinds/fate-between.ts';
import type { Declarer, Fate, Outcome, Reached } from '../../kinds/reach.ts';
import type { HostPath, PlanName } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { Declarations } from './declarations.ts';
import { partWarning } from './part-warning.ts';
import type { PlannedPart, PlannerInput } from './planner-input.ts';
import { presentAt } from './surroundings.ts';
import type { World, WorldFile } from './world.ts';

interface Question {
  /** Files before any part. */
  readonly first: ReadonlyMap<HostPath, WorldFile>;
  /** After all of them. */
  readonly world: World;
  readonly declarations: Declarations;
  readonly parts: readonly PlannedPart[];
}

/**
 * What all parts together take from under the files that are managed, whoever declares what is lost, and whether or not such a file is
 * written: only the whole set shows it. The parts with their warnings; fails with the errors of the kinds.
 */
export function judgeReach(
  input: PlannerInput,
  question: Question,
): Result<readonly PlannedPart[]> {
  const { parts, world, first } = question;
  if (parts.every(({ images }) => images.size === 0)) return ok(parts);
  const outcome = outcomeOf(input, question);
  const reached = [...world.files].flatMap(([path, { image }]): readonly Reached[] => {
    const name =
      question.declarations.byFile.get(path)?.[0]?.kind ?? world.recorded.files.get(path)?.kind;
    const kind = name === undefined ? undefined : input.kindOf(name);
    if (kind?.judgeReach === undefined) return [];
    const before = first.get(path)?.image ?? image;
    return kind.judgeReach(declarersOf(input, path), before, image, path, outcome);
  });
  const errors = reached.map(({ diagnostic }) => diagnostic).filter(isError);
  return errors.length > 0 ? fail(...errors) : ok(parts.map((part) => warned(part, reached)));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function warned(planned: PlannedPart, reached: readonly Reached[]): PlannedPart {
  const own = reached.filter(({ plan }) => plan === planned.part.plan);
  if (own.length === 0) return planned;
  const warnings = [
    ...planned.part.warnings,
    ...own.map(({ diagnostic }) => partWarning(diagnostic)),
  ];
  return { ...planned, part: { ...planned.part, warnings } };
}

function outcomeOf(input: PlannerInput, { first, world, parts }: Question): Outcome {
  const acknowledged = (plan: PlanName): boolean => input.acknowledged?.includes(plan) === true;
  return {
    at: (path) => presentAt(input.looked, world, [], path),
    acknowledged,
    fate(path) {
      for (const name of namesOf(input, path)) {
        const plan = parts.findLast(({ images }) => images.has(name))?.part.plan;
        const does = fateOf(first.get(name)?.image, world.files.get(name)?.image);
        if (plan === undefined || does === null) continue;
        return { does, plan, at: placeOf(input, plan, name), acknowledged: acknowledged(plan) };
      }
      return null;
    },
  };
}

function fateOf(before: FileImage | undefined, after: FileImage | undefined): Fate['does'] | null {
  return before === undefined || after === undefined ? null : fateBetween(before, after);
}

/** A path, and what links lead it to. */
function namesOf({ observed, looked }: PlannerInput, path: HostPath): ReadonlySet<HostPath> {
  return new Set([path, observed.get(path)?.path ?? path, looked?.get(path)?.path ?? path]);
}

function placeOf(input: PlannerInput, plan: PlanName, path: HostPath): Fate['at'] {
  return declarersOf(input, path).find((one) => one.plan === plan)?.resource.at;
}

/** All resources of a file on this host, in the order of their plans. */
function declarersOf({ plans, observed }: PlannerInput, path: HostPath): readonly Declarer[] {
  return plans.flatMap(({ name, resources }) =>
    resources
      .filter(({ spec }) => (observed.get(spec.path)?.path ?? spec.path) === path)
      .map((resource) => ({ plan: name, resource })),
  );
}
