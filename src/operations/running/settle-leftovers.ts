import { openJournals } from '../../apply/journal/journal-file.ts';
import type { EndedRun } from '../../apply/run/drive-run.ts';
import { needsPerson } from '../../apply/journal/for-person.ts';
import { runsOf, settleOpenRuns, type RecoverOptions } from '../../apply/recovery/recover.ts';
import type { RunContext } from '../../apply/machine/run-input.ts';
import { clearUnbegunRuns } from '../../apply/recovery/unbegun-runs.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { ExitCode, RunReport } from '../../model/outcome.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { refuseRecordOfOther, refuseRunsOfOthers } from './refuse-other-name.ts';

/** Runs whose applier died. A run whose revert failed is not among them: it blocks its own files until `recover`. */
export function hasLeftovers(session: Session): boolean {
  return openJournals(session.host).some((journal) => !needsPerson(journal));
}

export interface Settling {
  readonly listener: RunEventListener;
  readonly signal: AbortSignal;
}

export interface Settled {
  readonly recovered: readonly RunReport[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/**
 * Settles what dead appliers left; `null` when nothing had to be reverted, so that the command may go on. Errors: SP5016 before
 * anything is restored.
 */
export async function settleLeftovers(
  session: Session,
  lock: HeldLock,
  settling: Settling,
): Promise<Settled | null> {
  // Also of runs that wait for a person: a record begun under this name would leave them none to be recorded in.
  refuseRunsOfOthers(session.hostName, openJournals(session.host));
  if (!hasLeftovers(session)) {
    await clearUnbegunRuns(session.host);
    return null;
  }
  const ended = await settleRuns(session, lock, { ...settling, retryFailed: false });
  const recovered = ended.map(({ report }) => report);
  const exitCode = recoveryExitCode(ended);
  if (exitCode === EXIT.done) return null;
  return { recovered, problems: ended.flatMap(({ diagnostics }) => diagnostics), exitCode };
}

/** Every open run, or `only` these. Errors: SP5016 before anything is restored. */
export async function settleRuns(
  session: Session,
  lock: HeldLock,
  { listener, signal, ...options }: Settling & RecoverOptions,
): Promise<readonly EndedRun[]> {
  const context = recoveryContext(session, lock, { listener, signal });
  refuseRunsOfOthers(session.hostName, runsOf(session.host, options));
  await refuseRecordOfOther(context);
  return settleOpenRuns(context, options);
}

/** The context of a recovery: no guardian, because whoever recovers does what one would do. */
export function recoveryContext(
  session: Session,
  lock: HeldLock,
  { listener, signal }: Settling,
): RunContext {
  const { host } = session;
  const state = openState(session, lock);
  return { host, state, listener, signal, lock, toolVersion: TOOL_VERSION };
}

/** 4 when one needs a person, left a file to somebody else or is still open, else 3 when one was reverted, else 0 (finished forward, or nothing changed). */
export function recoveryExitCode(ended: readonly Pick<EndedRun, 'report' | 'open'>[]): ExitCode {
  if (ended.some(({ report, open }) => open || isUnsettled(report))) return EXIT.needsPerson;
  return ended.some(({ report }) => report.outcome === 'reverted') ? EXIT.reverted : EXIT.done;
}

function isUnsettled(run: RunReport): boolean {
  const left = run.outcome === 'applied' && run.othersEdits !== undefined;
  return left || run.outcome === 'revert-failed' || run.unrecorded;
}
