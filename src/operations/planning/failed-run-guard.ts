import { blockedFiles } from '../../apply/journal/blocked-files.ts';
import type { RunId } from '../../model/brand.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { Session } from '../session.ts';
import type { Blocker } from './commit-guard.ts';

/** Files of a run whose revert failed may not be written before a person settled it. */
export function guardFailedRuns(session: Session, parts: readonly PlanPart[]): readonly Blocker[] {
  const blocked = blockedFiles(session.host);
  const runs = new Map<RunId, string[]>();
  for (const { path } of parts.flatMap((part) => part.files)) {
    const run = blocked.get(path);
    if (run !== undefined) runs.set(run, [...(runs.get(run) ?? []), path]);
  }
  return [...runs].map(([run, paths]) => ({
    diagnostic: {
      code: 'SP4203',
      severity: 'error',
      message: `run ${run} needs a person (its revert failed, or its decision cannot be read): ${paths.join(', ')} cannot be applied to`,
      help: `look: setpoint history show ${run}; settle it: setpoint recover ${run} --dry-run`,
    },
    exitCode: 7,
    waivedBy: null,
  }));
}
