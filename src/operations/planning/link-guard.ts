import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { PlanRequest } from '../../model/change-set.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import { ledFrom, ledWords } from '../../plan/difference/led-elsewhere.ts';
import type { Blocker } from './commit-guard.ts';

export interface LinkQuestion {
  /** Plans of this host. */
  readonly plans: readonly ResolvedPlan[];
  readonly recorded: RecordedState;
  readonly workspace: WorkspaceName;
  readonly request: PlanRequest;
  /** By declared path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
}

/** Plans whose paths lead to other files than those that they are recorded to manage: somebody changed a link on the way. */
export function guardLinks(question: LinkQuestion): readonly Blocker[] {
  const { plans, recorded, workspace, request, observed } = question;
  const byName = namesOf(recorded, workspace);
  return plans
    .filter(({ name }) => request.plans.length === 0 || request.plans.includes(name))
    .flatMap(({ name: plan, resources }) =>
      [...new Set(resources.map(({ spec }) => spec.path))].flatMap((name): readonly Blocker[] => {
        const led = (byName.get(name) ?? []).map(({ path }) => ledFrom(name, path, observed));
        const [first = null] = led;
        return first === null || led.includes(null) ? [] : [moved(plan, ledWords(first))];
      }),
    );
}

/** What this workspace manages under a name: its path, or a link to it. */
function namesOf(
  { files }: RecordedState,
  workspace: WorkspaceName,
): ReadonlyMap<HostPath, readonly ManagedFile[]> {
  const byName = new Map<HostPath, readonly ManagedFile[]>();
  for (const file of files.values()) {
    if (!Object.values(file.items).some(({ owner }) => owner.workspace === workspace)) continue;
    for (const name of new Set([file.path, file.declared ?? file.path])) {
      byName.set(name, [...(byName.get(name) ?? []), file]);
    }
  }
  return byName;
}

function moved(plan: string, words: string): Blocker {
  return {
    diagnostic: {
      code: 'SP3049',
      severity: 'error',
      message: words,
      help: `put it back (setpoint drift shows how), or name in plan ${plan} the file that is meant; to follow the link, take it out of plan ${plan}, apply, and declare it again`,
    },
    exitCode: 7,
    waivedBy: null,
  };
}
