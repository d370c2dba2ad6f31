import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { WorkspaceName } from '../../model/brand.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import { holds } from '../../model/recorded-state.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { Blocker } from './commit-guard.ts';

/** Plans are held whose inputs would do again what a gate or a person took back. */
export function guardHolds(
  parts: readonly PlanPart[],
  recorded: RecordedState,
  workspace: WorkspaceName,
): readonly Blocker[] {
  return parts.flatMap((part): Blocker[] => {
    const record = recordOfPlan(recorded.plans, { workspace, plan: part.plan });
    const hold = record?.hold ?? null;
    if (hold === null || !holds(hold, part.inputDigest)) return [];
    const { run, reason } = hold;
    return [
      {
        diagnostic: {
          code: 'SP3040',
          severity: 'error',
          message: `plan ${part.plan} is held until its inputs change, since run ${run}: ${reason}`,
          help: `look at it with: setpoint history show ${run}; then change ${part.file} (git log -- ${quoteWord(part.file)} finds the commit to revert), or use --retry-held --reason TEXT`,
        },
        exitCode: 7,
        waivedBy: 'retry-held',
      },
    ];
  });
}
