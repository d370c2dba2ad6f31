import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Millis, PlanName } from '../model/brand.ts';
import type { Variables } from '../model/plan-file.ts';
import { expiringAt } from '../plan/change-set/assemble.ts';
import { kubeadmPatch } from './planning/kubeadm-patch.ts';
import type { KubeadmRequest } from './planning/kubeadm-patch.ts';
import { changedSchedules } from './scheduling/changed-schedules.ts';
import { requestOf } from './running/compute-requested.ts';
import { saveChangeSet } from './planning/save-change-set.ts';
import type { ComputedSet } from './planning/compute-change-set.ts';
import { computeChangeSet } from './planning/compute-change-set.ts';
import { filesOfOpenRuns } from './planning/open-run-files.ts';
import { openRunNotices } from './planning/open-run-notice.ts';
import type { PlanResult } from './results.ts';
import type { Session } from './session.ts';

export interface PlanOptions {
  /** Empty = all. */
  readonly plans: readonly PlanName[];
  readonly vars: Variables;
  /** `--acknowledge-irreversible`: plans that may take back what no restored file does. */
  readonly acknowledged?: readonly PlanName[] | undefined;
  /** `--out`: where to save the set (0600). */
  readonly out: string | null;
  /** `--expires`: how long the set may be applied. */
  readonly expires?: Millis | undefined;
  /** `--emit kubeadm-patch`: also what kubeadm has to be told. */
  readonly emit?: KubeadmRequest | undefined;
}

/**
 * Computes the change set. Takes no lock, executes nothing a plan names, writes nothing but `out`. Blockers are what `apply`
 * would refuse for: a plan can be reviewed all the same.
 */
export async function planChanges(session: Session, options: PlanOptions): Promise<PlanResult> {
  const request = requestOf({ source: options });
  const computed = expiring(session, await computeChangeSet(session, request), options);
  if (options.out !== null) await saveChangeSet(options.out, computed.set);
  const result = await planResult(session, computed, options.out);
  const { emitted, notes } = emittedFor(computed, options);
  const openRunFiles = filesOfOpenRuns(session.host, computed.set);
  const blockers = [...(await openRunNotices(session)), ...result.blockers];
  const warnings = [...result.warnings, ...notes];
  const against = await againstOf(session, computed);
  return { ...result, blockers, warnings, openRunFiles, ...emitted, ...against };
}

/** Its notes go with the plan's own warnings. */
function emittedFor(
  computed: ComputedSet,
  { emit, plans }: PlanOptions,
): { readonly emitted: Pick<PlanResult, 'emitted'>; readonly notes: readonly Diagnostic[] } {
  if (emit === undefined) return { emitted: {}, notes: [] };
  const { text, notes } = kubeadmPatch(computed, plans, emit);
  return { emitted: { emitted: text }, notes };
}

function expiring(
  { host }: Session,
  computed: ComputedSet,
  { expires }: Pick<PlanOptions, 'expires'>,
): ComputedSet {
  if (expires === undefined) return computed;
  const end = new globalThis.Date(host.clock.now().getTime() + expires);
  return { ...computed, set: expiringAt(computed.set, end.toISOString()) };
}

async function againstOf(
  { from }: Session,
  { state, drifted }: ComputedSet,
): Promise<Pick<PlanResult, 'against'>> {
  if (from === undefined || drifted === undefined) return {};
  const [newest] = await state.log(1);
  const at = newest === undefined ? null : new globalThis.Date(newest.date * 1000).toISOString();
  return { against: { record: from.record, at, drifted } };
}

/** What people are shown of a change set, before they approve of it too: with when its schedules fire, as it is now. */
export async function planResult(
  { host }: Session,
  computed: ComputedSet,
  savedTo: string | null,
): Promise<PlanResult> {
  const { warnEvery } = computed.workspace.config.schedules;
  const now = host.clock.now().getTime();
  const { schedules, warnings } = await changedSchedules(computed, { now, warnEvery, kindOf });
  return {
    set: computed.set,
    blockers: computed.blockers.map(({ diagnostic }) => diagnostic),
    warnings: [...computed.warnings, ...warnings],
    recordedCommit: computed.recorded.head,
    savedTo,
    ...(computed.windows.length === 0 ? {} : { windows: computed.windows }),
    ...(schedules.length === 0 ? {} : { schedules }),
  };
}
