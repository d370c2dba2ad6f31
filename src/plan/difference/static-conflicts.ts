import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';
import type { Declaration } from './declarations.ts';
import { indexDeclarations } from './declarations.ts';
import { declarationConflicts } from './ownership.ts';

/**
 * Conflicts between plans that their texts alone show: one item declared twice, as a whole and in part, or with two kinds.
 * Symbolic links and default containers are only known on the host; planning there looks again.
 */
export function staticConflicts(
  plans: readonly ResolvedPlan[],
  kindOf: (name: KindName) => Kind,
): readonly Diagnostic[] {
  const all = plans.flatMap((plan) =>
    plan.resources.flatMap(({ id, spec, at }): Declaration[] =>
      kindOf(spec.kind)
        .declared(spec)
        .map((item) => ({
          plan: plan.name,
          resource: id,
          path: spec.path,
          kind: spec.kind,
          item,
          write: spec.write,
          at,
        })),
    ),
  );
  return declarationConflicts(indexDeclarations(all, kindOf));
}
