import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { PlanName, WorkspaceName } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { DriftFile } from '../../model/drift.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Variables } from '../../model/plan-file.ts';
import { GATE_DEFAULTS } from '../../plan/files/gate-defaults.ts';
import { chooseDrift, type ChosenFile } from '../../plan/drift/choose-drift.ts';
import { driftedAddresses, isManaged } from '../../plan/drift/named-items.ts';
import { nothingDrifted } from '../../plan/drift/nothing-drifted.ts';
import { compareHost } from '../drift/compare-host.ts';
import { notCompared } from '../drift/not-compared.ts';
import { wantedHere } from '../drift/wanted-here.ts';
import {
  composeReturn,
  previewOfReturn,
  type PlannedReturn,
  type ReturnQuestion,
} from '../going-back/compose-return.ts';
import type { Session } from '../session.ts';
import { returnedFiles } from './drifted-files.ts';
import type { DriftRestorePreview } from './results.ts';

export interface DriftRestoreQuestion extends Pick<ReturnQuestion, 'acknowledged'> {
  readonly vars: Variables;
  /** As `blame` takes them; empty: everything that drifted. */
  readonly items: readonly string[];
  /** No gates are asked: what only they need may be gone. */
  readonly offline: boolean;
  readonly state: StateRepository;
}

export interface PlannedDriftRestore extends PlannedReturn {
  readonly preview: DriftRestorePreview;
  readonly chosen: readonly ChosenFile[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * What putting drift back would write: the drifted items of each file as they are recorded, nothing else. Changes nothing. Throws
 * SP3073 (exit 64) for names of nothing that drifted, SP3074 (exit 7) with every conflict, and as wantedHere and composeReturn.
 */
export async function planDriftRestore(
  session: Session,
  { vars, items, offline, acknowledged, state }: DriftRestoreQuestion,
): Promise<PlannedDriftRestore> {
  const wanted = await wantedHere(session, vars);
  const compared = await compareHost(session, wanted);
  const { recorded, files } = compared;
  const { files: chosen, unmatched } = chooseDrift(files, recorded.files, items);
  const wrong = wronglyNamed(files, unmatched).map((address) => nothingDrifted(address, files));
  if (wrong.length > 0) throw new SetpointError(EXIT.usage, wrong);
  const planned = await composeReturn(session, {
    ...ownerOf(chosen),
    all: await returnedFiles(session, state, chosen, compared),
    inputs: (paths) => digestOf({ restoreDrift: paths }),
    recorded,
    state,
    offline,
    acknowledged,
    defaults: GATE_DEFAULTS,
  });
  const shown = await previewOfReturn(session, planned);
  const told = chosen.flatMap(({ managed: { path }, items: own }) =>
    own.map((item) => ({ path, ...item })),
  );
  const preview = { ...shown, items: told, dryRun: false };
  const warnings = [...wanted.warnings, ...notCompared(files)];
  return { ...planned, preview, chosen, warnings };
}

/** One run is of one plan in one workspace; where several own what goes back, it is named after all of them. */
function ownerOf(chosen: readonly ChosenFile[]): {
  readonly plan: PlanName;
  readonly workspace: WorkspaceName;
} {
  const owners = chosen.flatMap(({ managed, items }) => {
    const own = items.flatMap(({ owner }) => owner ?? []);
    return own.length > 0 ? own : Object.values(managed.items).map(({ owner }) => owner);
  });
  const plans = [...new Set(owners.map(({ plan }) => plan))].sort();
  const [workspace] = owners.map((owner) => owner.workspace).sort();
  return { plan: plans.join(', ') as PlanName, workspace: workspace ?? ('' as WorkspaceName) };
}

/** Where nothing drifted, what is managed is as it shall be: a second run has nothing to do. */
function wronglyNamed(
  files: readonly DriftFile[],
  unmatched: readonly string[],
): readonly string[] {
  if (driftedAddresses(files).length > 0) return unmatched;
  return unmatched.filter((address) => !isManaged(files, address));
}
