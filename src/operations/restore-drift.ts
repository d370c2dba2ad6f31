import type { PlanName } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import type { Variables } from '../model/plan-file.ts';
import { planDriftRestore, type PlannedDriftRestore } from './drift-restore/plan-drift-restore.ts';
import { requireRestoreWindows } from './drift-restore/restore-windows.ts';
import type { DriftRestorePreview, DriftRestoreResult } from './drift-restore/results.ts';
import type { ReturnOptions } from './going-back/carry-out.ts';
import { returnApproved } from './going-back/return-approved.ts';
import { openState } from './open-state.ts';
import type { Session } from './session.ts';

export interface DriftRestoreWish {
  readonly vars: Variables;
  /** As `blame` takes them; empty: everything that drifted. */
  readonly items: readonly string[];
  readonly offline: boolean;
  /** Plans whose work may be changed although no restored file takes that back; absent: none. */
  readonly acknowledged?: readonly PlanName[] | undefined;
}

export interface DriftRestoreOptions extends ReturnOptions, DriftRestoreWish {
  /** Asks a person; asked again when the host changed meanwhile. False ⇒ nothing is done (exit 1). */
  readonly approve: (preview: DriftRestorePreview) => Promise<boolean>;
}

/**
 * Puts drifted items back to what is recorded, as one run through the recorded gates of every plan in their files; what nobody owns
 * stays. Plan changes that are pending are not applied, nothing is held. Works without a workspace. Nothing to do: exit 0. Throws
 * SetpointError 1 (not approved), 5 (lock), 7 (a conflict, places, change windows), 64 (nothing that drifted is named).
 */
export async function restoreDrift(
  session: Session,
  options: DriftRestoreOptions,
): Promise<DriftRestoreResult> {
  const { approve, vars, items, offline, acknowledged } = options;
  const wish = { vars, items, offline, acknowledged };
  let warnings: PlannedDriftRestore['warnings'] = [];
  const result = await returnApproved<DriftRestorePreview, PlannedDriftRestore>(
    session,
    {
      command: 'drift --restore',
      approve,
      plan: async (state) => {
        const planned = await planDriftRestore(session, { ...wish, state });
        ({ warnings } = planned);
        return planned;
      },
      allowed: (planned) => requireRestoreWindows(session, planned, options),
      record: ({ preview }) => ({ changes: preview.items.map(changeLine), plans: () => [] }),
    },
    options,
  );
  return { ...result, problems: [...warnings, ...result.problems] };
}

/** The same, only shown: exit 2 when there is something to put back. Takes no lock, changes nothing. */
export async function showDriftRestore(
  session: Session,
  wish: DriftRestoreWish,
): Promise<DriftRestoreResult> {
  const state = openState(session);
  const { preview, files, warnings } = await planDriftRestore(session, { ...wish, state });
  const exitCode = files.length > 0 ? EXIT.pending : EXIT.done;
  return {
    ...preview,
    dryRun: true,
    report: null,
    recovered: [],
    problems: warnings,
    exitCode,
  };
}

/** Never a value: it may be a secret. */
function changeLine({ label, path, state }: DriftRestorePreview['items'][number]): string {
  return `< ${label} (${state})  ${path}`;
}
