import type { PlanName, ResourceId } from '../../model/brand.ts';
import { readGlob, type Glob } from '../glob.ts';

/** What a window may be for: one resource of a plan, or `null` for what no resource stands for. */
export interface PlannedResource {
  readonly plan: PlanName;
  readonly resource: ResourceId | null;
}

/** Tells whether one of the patterns fits the name of a plan, or a resource's address in it. One that is not valid fits nothing. */
export function planFilter(patterns: readonly string[]): (planned: PlannedResource) => boolean {
  const tests = patterns.flatMap((pattern) => readPlanPattern(pattern).matches ?? []);
  return ({ plan, resource }) =>
    tests.some((fits) => fits(plan) || (resource !== null && fits(`${plan}/${resource}`)));
}

/** Of a glob on plans and resources. */
export function readPlanPattern(pattern: string): Glob {
  if (!/^[/!]/.test(pattern)) return readGlob(pattern);
  return { matches: null, problem: `it begins with ${pattern.slice(0, 1)}` };
}
