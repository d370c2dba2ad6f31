import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { NotObserved } from '../../model/change-set.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';
import type { Ground } from '../planning/ground.ts';
import type { RecordedRoot } from './recorded-root.ts';

export interface RecordedGroundQuestion {
  readonly root: RecordedRoot;
  readonly plans: readonly ResolvedPlan[];
  /** Of this workspace. */
  readonly released: readonly PlanRecord[];
  readonly recorded: RecordedState;
  readonly workspace: WorkspaceName;
}

/**
 * What can be planned from a record alone. A resource on a path that was never recorded is left out and told, and so is what
 * plans own in files without a kept content: to plan on would take it for absent.
 */
export function recordedGround(question: RecordedGroundQuestion): Ground {
  const { root, recorded, workspace } = question;
  const hidden = new Set([...recorded.files.keys()].filter((path) => root.unknown(path) !== null));
  const owners = new Map<string, NotObserved>();
  for (const path of hidden) {
    for (const { owner } of Object.values(recorded.files.get(path)?.items ?? {})) {
      if (owner.workspace !== workspace) continue;
      const { plan } = owner;
      owners.set(`${plan}\0${path}`, { plan, path, reason: root.unknown(path) ?? '' });
    }
  }
  const owning = new Set([...owners.values()].map(({ plan }) => plan));
  const unseen: NotObserved[] = [];
  const plans = question.plans.flatMap((plan): readonly ResolvedPlan[] => {
    const resources = plan.resources.filter(({ spec: { path } }) => {
      const reason = root.unknown(path);
      if (reason !== null) unseen.push({ plan: plan.name, path, reason });
      owners.delete(`${plan.name}\0${path}`);
      return reason === null;
    });
    if (resources.length === plan.resources.length) return [plan];
    return resources.length === 0 ? [] : [{ ...plan, resources }];
  });
  return {
    look: root,
    plans,
    released: question.released.filter(({ plan }) => !owning.has(plan)),
    recorded: { ...recorded, files: without(recorded.files, hidden) },
    notObserved: [...unseen, ...owners.values()],
  };
}

function without<V>(
  map: ReadonlyMap<HostPath, V>,
  paths: ReadonlySet<HostPath>,
): ReadonlyMap<HostPath, V> {
  return new Map([...map].filter(([path]) => !paths.has(path)));
}
