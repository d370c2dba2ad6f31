import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Variables } from '../model/plan-file.ts';
import { seenState, type LeftOut } from '../plan/recording/seen-state.ts';
import { driftResult } from './detect-drift.ts';
import { commitSeen } from './drift-record/commit-seen.ts';
import { lookAtHost } from './drift-record/look-at-host.ts';
import type { DriftRecordResult } from './drift-record/results.ts';
import { compareHost } from './drift/compare-host.ts';
import { wantedHere } from './drift/wanted-here.ts';
import { openState } from './open-state.ts';
import { listOpenRuns } from './running/open-runs.ts';
import { settleLeftovers } from './running/settle-leftovers.ts';
import { tendState } from './running/tend-state.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';
import { requireRecord } from './state/lost-record.ts';

const NOTHING: DriftRecordResult['recorded'] = {
  commit: null,
  edited: [],
  unobserved: [],
  again: [],
  seen: [],
  dropped: [],
};

/**
 * Records the host as it is seen, for those who plan without it: managed files that others edited (what was applied stays recorded, so
 * drift is told as before), and files that plans of the workspace name and that nobody manages yet. Exit as `drift`; 3 or 4 when a
 * run of a dead command had to be settled first (then nothing is recorded). Throws SetpointError 1, 5 (lock), 6 (lost record), 7
 * (SP5095: what is to be recorded cannot be signed).
 */
export async function recordDrift(
  session: Session,
  options: { readonly vars: Variables },
): Promise<DriftRecordResult> {
  await requireRecord(session);
  return underRunLock(session, 'drift --record', async (lock) => {
    const { signal } = new AbortController();
    const settled = await settleLeftovers(session, lock, { listener: () => {}, signal });
    const wanted = await wantedHere(session, options.vars);
    const compared = await compareHost(session, wanted);
    // The lock is held by this command: whatever is open is nobody's work.
    const open = { openRuns: listOpenRuns(session), holder: null };
    const told = driftResult(session, wanted, compared, open);
    if (settled !== null) {
      const { recovered, exitCode, problems } = settled;
      const warnings = [...told.warnings, ...problems];
      return { ...told, recorded: NOTHING, recovered, exitCode, warnings };
    }
    const state = openState(session, lock);
    const { files: seenFiles } = await state.seen();
    const next = seenState(await lookAtHost(session, wanted, compared, seenFiles));
    const { head } = compared.recorded;
    const signingKey = wanted.config?.signingKey ?? null;
    const commit = await commitSeen(session, state, { head, signingKey }, next);
    const { edited, unobserved, again, seen, dropped } = next;
    const tended = await tendState(session, lock, [], wanted.config);
    return {
      ...told,
      head: commit ?? told.head,
      recorded: { commit, edited, unobserved, again, seen, dropped },
      recovered: [],
      warnings: [...told.warnings, ...next.leftOut.map(leftOutTold), ...tended],
    };
  });
}

function leftOutTold({ path, reason, secret }: LeftOut): Diagnostic {
  return {
    code: secret ? 'SP3076' : 'SP3075',
    severity: 'warning',
    message: `${path} was not recorded: ${reason}`,
  };
}
