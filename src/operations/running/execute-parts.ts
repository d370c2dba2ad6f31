import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { EndedRun } from '../../apply/run/drive-run.ts';
import { executeRun } from '../../apply/run/execute-run.ts';
import type { RunContext, RunInput } from '../../apply/machine/run-input.ts';
import type { HeldLock } from '../../host/ports.ts';
import { sha256 as digest } from '../../host/read-file.ts';
import { newRunId } from '../../host/run-id.ts';
import type { ChangeSet, PlanPart } from '../../model/change-set.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import type { ExitCode, RunReport } from '../../model/outcome.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { PlannedPart } from '../../plan/difference/planner-input.ts';
import type { Recording } from '../../plan/recording/next-state.ts';
import { keptState, observedState, revertedState } from '../../plan/recording/next-state.ts';
import type { ApplyOptions } from './apply-options.ts';
import { openState } from '../open-state.ts';
import { ensureBootUnits } from '../recovery/ensure-boot-units.ts';
import { openGuardian } from '../recovery/open-guardian.ts';
import { openRunOf } from '../../apply/journal/open-run-of.ts';
import { windowProblem } from '../windows/require-window.ts';
import { windowRuleOf } from './window-rule.ts';
import { requireSigning } from './require-signing.ts';
import { requireConfirmable } from './require-confirmable.ts';
import { isBootedHost } from '../recovery/reload-systemd.ts';
import type { ComputedSet } from '../planning/compute-change-set.ts';
import type { ApplyResult } from '../results.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';

/**
 * One run per part, in order. The first that does not end `applied`, or may not be begun at this time any more, stops it: earlier ones
 * stay, later ones are not run.
 */
export async function executeParts(
  session: Session,
  lock: HeldLock,
  computed: ComputedSet,
  options: ApplyOptions,
): Promise<ApplyResult> {
  requireConfirmable(computed.set, options);
  const state = openState(session, lock);
  await requireSigning(state, computed.workspace.config.signingKey);
  const needed = needsGuardian(computed, options);
  const guardian = needed ? await openGuardian(session, lock) : undefined;
  const told = needed && isBootedHost(session) ? await ensureBootUnits(session) : [];
  const result = await executeAll(session, computed, options, {
    host: session.host,
    state,
    listener: options.listener,
    signal: options.signal,
    lock,
    toolVersion: TOOL_VERSION,
    lockTimeout: session.options.lockTimeout,
    guardian,
  });
  // Nothing is open, or what is open was told and needs a person or another try. After an exception it stays until this
  // process ends, and settles what may be open.
  await guardian?.dismiss();
  return { ...result, problems: [...told, ...result.problems] };
}

/** A run that only records changes no file. */
function needsGuardian({ parts }: ComputedSet, { guardian }: ApplyOptions): boolean {
  return guardian && parts.some(({ part }) => part.files.some((file) => file.write));
}

async function executeAll(
  session: Session,
  computed: ComputedSet,
  options: ApplyOptions,
  context: RunContext,
): Promise<ApplyResult> {
  const runs: RunReport[] = [];
  const problems: Diagnostic[] = [...computed.warnings];
  let exitCode: ExitCode = EXIT.done;
  const soFar = (): ApplyResult => {
    const notRun = computed.parts.slice(runs.length).map(({ part }) => part.plan);
    return { set: computed.set, runs, notRun, recovered: [], problems, exitCode };
  };
  const now = (): Date => session.host.clock.now();
  options.offerHandOver?.(() => handOverOpen(context, soFar()));
  for (const planned of computed.parts) {
    const closed = windowProblem(planned.part, windowRuleOf(computed, options), now());
    if (closed !== null) {
      problems.push(closed);
      exitCode = EXIT.refused;
      break;
    }
    // Reloaded for each run: the one before it recorded something.
    const recorded = await context.state.load();
    const originals = await originalsAside(context, planned.part, recorded);
    const { report, refusal, diagnostics } = await executeRun(
      context,
      runInput(session, computed, planned, { recorded, originals }, options),
    );
    runs.push(report);
    problems.push(...diagnostics);
    exitCode = exitCodeOf(report, refusal);
    if (report.outcome === 'awaiting-confirmation') handOver(context);
    if (report.outcome !== 'applied' || exitCode !== EXIT.done) break;
  }
  return soFar();
}

/** The run that is open now, past its commit point, becomes the guardian's. Synchronous: a signal handler calls it. */
function handOverOpen({ guardian, host }: RunContext, soFar: ApplyResult): ApplyResult | null {
  const open = openRunOf(host);
  if (open === null) return null;
  const notRun = soFar.notRun.filter((plan) => plan !== open.plan);
  if (guardian === undefined) {
    return { ...soFar, notRun, exitCode: EXIT.interrupted, leftBehind: open };
  }
  guardian.handOver();
  return { ...soFar, notRun, exitCode: EXIT.interrupted, handedOver: open };
}

/** The open run is the guardian's, and so is the lock: this process only tells about it. */
function handOver({ guardian, lock }: RunContext): void {
  guardian?.handOver();
  lock.leave();
}

function runInput(
  session: Session,
  computed: ComputedSet,
  { part, images }: PlannedPart,
  { recorded, originals }: Pick<Recording, 'recorded' | 'originals'>,
  options: ApplyOptions,
): RunInput {
  const { set, workspace, asRecorded } = computed;
  const run = newRunId(session.host.clock);
  const { newOwner } = session.host;
  const recording = {
    run,
    workspace: set.workspace,
    part,
    images,
    recorded,
    meta: set.meta,
    newOwner,
    contents: readContents(workspace, part),
    originals,
  };
  return {
    run,
    part: withoutFiles(part, asRecorded.missing),
    set: {
      digest: set.digest,
      host: set.host,
      workspace: set.workspace,
      commit: set.meta.commit,
      dirty: set.meta.dirty,
      actor: session.options.actor,
      toolVersion: TOOL_VERSION,
      overrides: overridesOf(options, set),
    },
    images,
    recorded,
    kept: keptState(recording),
    reverted: revertedState(recording),
    observed: observedState(recording),
    workspaceDir: workspace.dir,
    contents: asRecorded.contents,
    options: {
      offline: options.offline,
      allowUnhealthy: options.allowUnhealthy,
      confirmWithin: options.confirmWithin,
      signingKey: workspace.config.signingKey ?? undefined,
    },
  };
}

/** What a file that is recorded in full again was before management: until now only the backup store has it. */
async function originalsAside(
  { state }: RunContext,
  { files }: PlanPart,
  recorded: RecordedState,
): Promise<Recording['originals']> {
  const paths = files.map(({ path }) => path);
  return state.originalContents(
    paths.filter((path) => (recorded.files.get(path)?.record ?? 'full') !== 'full'),
  );
}

/** What was read when the plan was made (a source is read once a command), by SHA-256. */
function readContents(
  { readSource }: ComputedSet['workspace'],
  { workspaceFiles }: PlanPart,
): ReadonlyMap<string, Uint8Array> {
  return new Map(
    workspaceFiles.flatMap(({ path, sha256 }): [string, Uint8Array][] => {
      const source = readSource(path);
      const isIt = 'bytes' in source && digest(source.bytes) === sha256;
      return isIt ? [[sha256, source.bytes]] : [];
    }),
  );
}

/** `--offline` asks no gates: what only they need may be gone. */
function withoutFiles(part: PlanPart, missing: readonly WorkspaceFile[]): PlanPart {
  const workspaceFiles = part.workspaceFiles.filter((file) => !missing.includes(file));
  return { ...part, workspaceFiles };
}

/** Options that set a rule aside, with the reason given: recorded with the run. */
function overridesOf(options: ApplyOptions, { request }: ChangeSet): readonly string[] {
  return [
    ...(options.allowDirty ? ['allow-dirty'] : []),
    ...(options.allowDiverged === null ? [] : [`allow-diverged: ${options.allowDiverged}`]),
    ...(options.retryHeld === null ? [] : [`retry-held: ${options.retryHeld}`]),
    ...(options.overrideWindow === undefined ? [] : [`override-window: ${options.overrideWindow}`]),
    ...(options.newHost === true ? ['new-host'] : []),
    ...(request.acknowledged ?? []).map((plan) => `acknowledge-irreversible: ${plan}`),
    ...(options.allowUnhealthy ? ['allow-unhealthy'] : []),
    ...(options.offline ? ['offline'] : []),
  ];
}

/** The exit code that a run's end means. */
export function exitCodeOf(report: RunReport, refusal: EndedRun['refusal']): ExitCode {
  switch (report.outcome) {
    case 'kept-live':
    case 'applied':
      return report.unrecorded ? EXIT.needsPerson : EXIT.done;
    case 'awaiting-confirmation':
      return EXIT.done;
    case 'reverted':
      return EXIT.reverted;
    case 'revert-failed':
      return EXIT.needsPerson;
    case 'interrupted':
      return EXIT.interrupted;
    case 'failed':
      if (refusal === 'stale') return EXIT.stale;
      if (refusal === 'locked') return EXIT.locked;
      return refusal === null ? EXIT.failed : EXIT.refused;
    default:
      return report.outcome satisfies never;
  }
}
