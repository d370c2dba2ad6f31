import { runFolder } from '../../apply/journal/run-folder.ts';
import type { FileChange } from '../../model/change-set.ts';
import type { RunContext, RunInput } from '../../apply/machine/run-input.ts';
import { executeRun } from '../../apply/run/execute-run.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { HeldLock } from '../../host/ports.ts';
import { newRunId } from '../../host/run-id.ts';
import type { PlanName, RunId } from '../../model/brand.ts';
import type { ExitCode, RunReport } from '../../model/outcome.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { withOwnState } from '../../model/recorded-state.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { StateChange } from '../../model/state-change.ts';
import { observedState } from '../../plan/recording/next-state.ts';
import { tendBackups } from '../backups/tend-backups.ts';
import { openGuardian } from '../recovery/open-guardian.ts';
import { exitCodeOf } from '../running/execute-parts.ts';
import { requireSigning } from '../running/require-signing.ts';
import { tendState } from '../running/tend-state.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import type { PlannedReturn } from './compose-return.ts';
import type { ReturnedFile } from './returned-file.ts';

export interface ReturnOptions {
  readonly allowUnhealthy: boolean;
  readonly offline: boolean;
  /** Plans whose work may be taken back although no restored file does that; absent: none. */
  readonly acknowledged?: readonly PlanName[] | undefined;
  /** `drift --restore --override window --reason`; other ways back are not limited. */
  readonly overrideWindow?: string | undefined;
  /** A process of its own takes the run back when this one is killed. */
  readonly guardian: boolean;
  readonly listener: RunEventListener;
  readonly signal: AbortSignal;
}

/** What the record says of it beside the files. */
export interface ReturnRecord {
  /** Lines of the commit message. */
  readonly changes: readonly string[];
  /** Records of plans that change with it. */
  readonly plans: (run: RunId) => StateChange['plans'];
}

export interface CarriedOut {
  readonly report: RunReport;
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/**
 * Carries files back as a run like any other: before-gates, journal, staging, commit point, gates, decision, state commit, revert
 * when one is red; then what every command does after its runs. The caller holds the run lock.
 */
export async function carryOut(
  session: Session,
  { lock, state }: { readonly lock: HeldLock; readonly state: StateRepository },
  planned: PlannedReturn,
  record: ReturnRecord,
  options: ReturnOptions,
): Promise<CarriedOut> {
  const { listener, signal } = options;
  const signingKey = (await configIfAny(session))?.signingKey ?? null;
  await requireSigning(state, signingKey);
  const guardian = options.guardian ? await openGuardian(session, lock) : undefined;
  const context: RunContext = {
    host: session.host,
    state,
    listener,
    signal,
    lock,
    toolVersion: TOOL_VERSION,
    guardian,
  };
  const input = runInput(session, planned, await state.load(), record, { ...options, signingKey });
  const { report, refusal, diagnostics } = await executeRun(context, input);
  await guardian?.dismiss();
  const tended = await tendState(session, lock, [report]);
  const warnings =
    report.outcome === 'applied' ? [...tended, ...(await tendBackups(session))] : tended;
  const problems = [...diagnostics, ...warnings];
  return { report, problems, exitCode: exitCodeOf(report, refusal) };
}

function runInput(
  session: Session,
  { workspace, part, files, kept, digest }: PlannedReturn,
  recorded: RecordedState,
  { changes, plans }: ReturnRecord,
  options: ReturnOptions & { readonly signingKey: string | null },
): RunInput {
  const { offline, allowUnhealthy, signingKey } = options;
  const run = newRunId(session.host.clock);
  const images = new Map(files.map(({ path, before, after }) => [path, { before, after }]));
  return {
    run,
    part,
    set: {
      digest,
      host: session.hostName,
      workspace,
      commit: null,
      dirty: [],
      actor: session.options.actor,
      toolVersion: TOOL_VERSION,
      overrides: overridesOf(options),
    },
    images,
    recorded,
    kept: {
      files: files.flatMap((file, i) => returnedRecord(file, part.files[i], run)),
      plans: plans(run),
    },
    // No hold: nothing has changed, and a person decides.
    reverted: { files: [], plans: [] },
    observed: observedState({ part, images, recorded }),
    // Nothing is taken from a checkout.
    workspaceDir: runFolder(session.host.stateDir, run).workspace,
    contents: kept.contents,
    changes,
    options: { offline, allowUnhealthy, signingKey: signingKey ?? undefined },
  };
}

/** Options that set a rule aside: recorded with the run. */
function overridesOf({
  acknowledged = [],
  allowUnhealthy,
  offline,
  overrideWindow,
}: ReturnOptions): string[] {
  return [
    ...(overrideWindow === undefined ? [] : [`override-window: ${overrideWindow}`]),
    ...acknowledged.map((plan) => `acknowledge-irreversible: ${plan}`),
    ...(allowUnhealthy ? ['allow-unhealthy'] : []),
    ...(offline ? ['offline'] : []),
  ];
}

/** The record follows the file. */
function returnedRecord(
  { path, managed, wanted, after, original, items, attributes, edited }: ReturnedFile,
  change: FileChange | undefined,
  run: RunId,
): StateChange['files'] {
  if (managed === undefined) return [];
  if (items !== undefined && Object.keys(items).length === 0) {
    return [{ path, managed: null, copy: null, original: null }];
  }
  const copy = after.exists ? after.bytes : null;
  // As it was recorded, or before: nobody else's edit is in it.
  const untouched = original || managed.state?.sha256 === wanted?.sha256;
  const pristine = managed.original.pristine && untouched;
  const { rule: record = managed.record, secret = managed.secret } = change?.record ?? {};
  const next = {
    ...withOwnState(managed, wanted),
    ...(attributes && { attributes }),
    ...(edited && { edited }),
    record,
    ...(secret && { secret }),
    ...(items && { items }),
    lastRun: run,
  };
  return [{ path, managed: { ...next, original: { ...managed.original, pristine } }, copy }];
}
