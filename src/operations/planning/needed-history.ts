import type { HostPath, PlanName, WorkspaceName } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';

/** Declared or owned paths without a record: they may have had one. */
export function unmanagedFiles(
  recorded: RecordedState,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): readonly HostPath[] {
  return [...observed.values()].map(({ path }) => path).filter((path) => !recorded.files.has(path));
}

/**
 * Files of plans that are gone or declare something else now, and files to which no declared path leads any more (a symbolic link
 * was pointed elsewhere): only those can need their original back.
 */
export function trimmedFiles(
  recorded: RecordedState,
  workspace: WorkspaceName,
  plans: readonly ResolvedPlan[],
  released: readonly PlanRecord[],
  observed: ReadonlyMap<HostPath, ObservedFile>,
): readonly HostPath[] {
  const declared = new Set(
    plans.flatMap(({ resources }) => resources.map(({ spec }) => observed.get(spec.path)?.path)),
  );
  const unchanged = new Set<PlanName>();
  for (const plan of plans) {
    const record = recordOfPlan(recorded.plans, { workspace, plan: plan.name });
    if (record?.inputDigest === plan.inputDigest) unchanged.add(plan.name);
  }
  for (const record of released) unchanged.delete(record.plan);
  return [...recorded.files]
    .filter(([, file]) => file.original.state !== null)
    .filter(
      ([path, file]) =>
        !declared.has(path) ||
        Object.values(file.items).some((item) => !unchanged.has(item.owner.plan)),
    )
    .map(([path]) => path);
}
