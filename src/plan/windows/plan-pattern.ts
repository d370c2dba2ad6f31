import picomatch from 'picomatch';
import type { PlanName, ResourceId } from '../../model/brand.ts';

const OPTIONS = { strictBrackets: true, nonegate: true, dot: true } as const;

/** What a window may be for: one resource of a plan, or `null` for what no resource stands for. */
export interface PlannedResource {
  readonly plan: PlanName;
  readonly resource: ResourceId | null;
}

/** Whether one of the patterns fits the name of the plan, or the resource's address in it. One that is not valid fits nothing. */
export function fitsPlan(
  patterns: readonly string[],
  { plan, resource }: PlannedResource,
): boolean {
  const names = resource === null ? [plan] : [plan, `${plan}/${resource}`];
  return patterns.some((pattern) => {
    if (planPatternProblem(pattern) !== null) return false;
    const matches = picomatch(pattern, OPTIONS);
    return names.some((name) => matches(name));
  });
}

/** Why `pattern` is no glob on plans and resources, or `null`. */
export function planPatternProblem(pattern: string): string | null {
  if (/^[/!]/.test(pattern)) return `it begins with ${pattern.slice(0, 1)}`;
  try {
    picomatch.makeRe(pattern, OPTIONS);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return reason.slice(0, 1).toLowerCase() + reason.slice(1);
  }
}
