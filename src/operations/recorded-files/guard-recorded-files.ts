import type { PlanPart } from '../../model/change-set.ts';
import type { ResolvedPlan, WorkspaceFile } from '../../model/plan-file.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { referencedFiles } from '../../plan/difference/referenced-files.ts';
import type { Blocker } from '../planning/commit-guard.ts';
import { missingFile } from './missing-file.ts';

/** Workspace files that the parts need as they were recorded: those that are no input of their plans as they are now. */
export function neededAsRecorded(
  parts: readonly PlanPart[],
  plans: readonly ResolvedPlan[],
): readonly WorkspaceFile[] {
  return parts.flatMap((part) => {
    const own = plans.find(({ name }) => name === part.plan)?.workspaceFiles ?? [];
    return part.workspaceFiles.filter(
      ({ path, sha256 }) => !own.some((one) => one.path === path && one.sha256 === sha256),
    );
  });
}

/** A run must not begin that could not ask its gates, or act when it is taken back. */
export function guardRecordedFiles(
  missing: readonly WorkspaceFile[],
  parts: readonly Pick<PlanPart, 'steps'>[],
  records: readonly PlanRecord[],
): readonly Blocker[] {
  return missing.map((file) => ({
    diagnostic: missingFile(file, records),
    exitCode: 7,
    waivedBy: isForGatesOnly(file, parts) ? 'offline' : null,
  }));
}

/** Whether nothing but gates needs it: `--offline` asks none. */
export function isForGatesOnly(
  file: WorkspaceFile,
  parts: readonly Pick<PlanPart, 'steps'>[],
): boolean {
  const actions = parts.flatMap(({ steps }) => steps.flatMap(({ onChange }) => onChange));
  return referencedFiles([file], { gates: [], actions }).length === 0;
}
