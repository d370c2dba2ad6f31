import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import type { PlanName } from '../../model/brand.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import { planFilter } from '../../plan/windows/plan-pattern.ts';

/** SP1417: patterns on names of plans that no plan of the workspace has, on whatever host. Those on resources are not judged. */
export function strangePatterns(
  windows: readonly ChangeWindow[],
  plans: readonly PlanName[],
): readonly Diagnostic[] {
  return windows.flatMap(({ name, plans: patterns }) =>
    patterns
      .filter((pattern) => !pattern.includes('/') && plans.length > 0)
      .filter((pattern) => {
        const fits = planFilter([pattern]);
        return !plans.some((plan) => fits({ plan, resource: null }));
      })
      .map((pattern): Diagnostic => {
        const similar = suggestion(pattern, plans);
        return {
          code: 'SP1417',
          severity: 'warning',
          message: `window ${name} is for ${quoted(pattern)}, and no plan of this workspace has such a name`,
          help: similar ?? 'correct it under windows in setpoint.yaml, or remove it',
        };
      }),
  );
}
