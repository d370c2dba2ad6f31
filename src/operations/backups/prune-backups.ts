import { openJournals } from '../../apply/journal/journal-file.ts';
import { sweepTemporaries } from '../../apply/files/sweep-temporaries.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { objectDirectories } from '../../host/backups/object-store.ts';
import { planPrune, prune, type PrunePlan } from '../../host/backups/prune.ts';
import type { RealPath, RunId, Sha256 } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { EXIT } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import { settleLeftovers } from '../running/settle-leftovers.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';
import { pushRecorded } from '../state/push-recorded.ts';
import type { PruneResult } from './results.ts';
import { underBackupLock } from './backup-lock.ts';
import { neededObjects } from './needed-objects.ts';
import { summaryOf } from './summary.ts';
import { updateMirror } from './update-mirror.ts';

/** Runs whose snapshots no rule may remove: open ones, and the last one that wrote each managed file. */
function neededRuns(session: Session, recorded: RecordedState): ReadonlySet<RunId> {
  return new Set([
    ...openJournals(session.host).map(({ header }) => header.run),
    ...[...recorded.files.values()].map(({ lastRun }) => lastRun),
  ]);
}

async function pruning(session: Session, config: WorkspaceConfig): Promise<PrunePlan> {
  const state = openState(session);
  const recorded = await state.load();
  return planPrune(backupsOf(session.host.stateDir), {
    ...judgedBy(session, config),
    needed: neededRuns(session, recorded),
    objects: await neededObjects(session, state),
  });
}

/** What is removed when nobody needs anything: never less than `pruning` gives, and no git is asked for it. */
function pruningAtMost(session: Session, config: WorkspaceConfig): PrunePlan {
  const nothing = { needed: new Set<RunId>(), objects: new Set<Sha256>() };
  return planPrune(backupsOf(session.host.stateDir), { ...judgedBy(session, config), ...nothing });
}

function judgedBy({ host }: Session, { backups, name }: WorkspaceConfig) {
  return { rules: backups.rules, workspace: name, now: host.clock.now().getTime() };
}

async function carryOut(session: Session, plan: PrunePlan): Promise<void> {
  const place = backupsOf(session.host.stateDir);
  await prune(place, plan);
  sweepTemporaries([place.dir, place.snapshots, ...objectDirectories(place)] as RealPath[]);
}

/**
 * Removes what no retention rule of the workspace wants, after an apply and outside its runs; the caller holds the run lock.
 * Never throws: what does not work is a warning (SP5068).
 */
export async function pruneAfterApply(
  session: Session,
  config: WorkspaceConfig,
): Promise<readonly Diagnostic[]> {
  try {
    const plan = await underBackupLock(session, async () => {
      const most = pruningAtMost(session, config);
      const found =
        most.remove.length + most.sweep.length === 0 ? most : await pruning(session, config);
      await carryOut(session, found);
      return found;
    });
    return plan.problems.map((problem) => ({ ...problem, severity: 'warning' as const }));
  } catch (error) {
    const why = error instanceof SetpointError ? error.diagnostics[0]?.message : String(error);
    const message = `old backups were not removed: ${why ?? 'unknown reason'}`;
    return [{ code: 'SP5068', severity: 'warning', message }];
  }
}

export interface PruneOptions {
  /** Changes nothing, takes no lock. */
  readonly dryRun: boolean;
}

/**
 * `backup prune`. Exit 0 also when there was nothing to remove, 3 or 4 when a run of a dead command had to be settled first
 * (then nothing is removed), 5 lock not obtained, 64 outside a workspace (its rules decide).
 */
export async function pruneBackups(
  session: Session,
  { dryRun }: PruneOptions,
): Promise<PruneResult> {
  const config = await loadWorkspaceConfig(session.options.cwd);
  if (dryRun) return resultOf(session, await pruning(session, config), true, []);
  return underRunLock(session, 'backup prune', async (lock) => {
    const { signal } = new AbortController();
    const settled = await settleLeftovers(session, lock, { listener: () => {}, signal });
    if (settled !== null) {
      const nothing: PrunePlan = { keep: [], remove: [], sweep: [], problems: [] };
      const { recovered, problems, exitCode } = settled;
      return { ...resultOf(session, nothing, false, problems), recovered, exitCode };
    }
    // First: what goes here is to stay there.
    const warnings = [
      ...(await pushRecorded(session, lock, config)),
      ...(await updateMirror(session, config.backups.mirror)),
    ];
    const plan = await underBackupLock(session, async () => {
      const found = await pruning(session, config);
      await carryOut(session, found);
      return found;
    });
    return resultOf(session, plan, false, warnings);
  });
}

function resultOf(
  session: Session,
  plan: PrunePlan,
  dryRun: boolean,
  problems: readonly Diagnostic[],
): PruneResult {
  const unreadable = plan.problems.map((one) => ({ ...one, severity: 'warning' as const }));
  return {
    host: session.hostName,
    dryRun,
    kept: plan.keep.map(summaryOf),
    removed: plan.remove.map(summaryOf),
    objects: plan.sweep.length,
    bytes: plan.sweep.reduce((sum, { size }) => sum + size, 0),
    recovered: [],
    problems: [...unreadable, ...problems],
    exitCode: EXIT.done,
  };
}
