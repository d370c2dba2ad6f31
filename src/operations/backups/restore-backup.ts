import type { HostPath } from '../../model/brand.ts';
import { GATE_DEFAULTS } from '../../plan/files/gate-defaults.ts';
import type { ReturnOptions } from '../going-back/carry-out.ts';
import { returnApproved } from '../going-back/return-approved.ts';
import type { Session } from '../session.ts';
import { filesNamed, findSnapshot } from './find-snapshot.ts';
import { planRestore, type PlannedRestore } from './plan-restore.ts';
import type { RestorePreview, RestoreResult } from './results.ts';

export interface RestoreOptions extends ReturnOptions {
  /** Id of the run whose files go back, or a unique prefix. */
  readonly run: string;
  /** Empty: every file of the run. */
  readonly paths: readonly HostPath[];
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: RestorePreview) => Promise<boolean>;
}

/**
 * Puts files back to what they were before one run: content, mode, owner; a file that was not there goes. It is a run like any
 * other: lock, leftovers, before-gates, journal, staging, commit point, gates of every plan that owns an item in the files,
 * decision, state commit, revert when one is red. Works without a workspace. Nothing to do: exit 0. Throws SetpointError
 * 1 (not approved, damaged backup), 5 (lock), 7 (not restorable), 64 (no such backup).
 */
export async function restoreBackup(
  session: Session,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const snapshot = findSnapshot(session, options.run);
  const { paths, offline, acknowledged, approve } = options;
  return returnApproved<RestorePreview, PlannedRestore>(
    session,
    {
      command: 'backup restore',
      approve,
      plan: async (state) => {
        const files = filesNamed(snapshot, paths);
        const asked = { offline, acknowledged, defaults: GATE_DEFAULTS };
        return planRestore(session, { snapshot, files, state, ...asked });
      },
      record: ({ files }) => ({
        changes: files.map(({ path }) => `< ${path} as before run ${snapshot.run}`),
        plans: () => [],
      }),
    },
    options,
  );
}
