import { saysWaiting } from '../apply/run/confirm-run.ts';
import type { WaitingRun } from '../apply/run/waiting-run.ts';
import {
  changedFiles,
  confirmWaiting,
  damagedProposals,
  rejectWaiting,
  tooLate,
  waitingRuns,
} from '../apply/run/waiting-run.ts';
import { existsSync } from 'node:fs';
import { openJournals } from '../apply/journal/journal-file.ts';
import { journalPath } from '../apply/journal/run-folder.ts';
import { readRunReport } from '../apply/journal/report-file.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { LockHolder } from '../host/ports.ts';
import { requirePrivateState } from '../host/private-state.ts';
import type { RunId } from '../model/brand.ts';
import { EXIT, type RunReport } from '../model/outcome.ts';
import type { RunEventListener } from '../model/run-event.ts';
import { historyEntry } from './history-entry.ts';
import { openState } from './open-state.ts';
import type { ConfirmResult } from './results.ts';
import { exitCodeOf } from './running/execute-parts.ts';
import { runLockFile } from './running/under-run-lock.ts';
import { untilSettled } from './running/until-settled.ts';
import { everyRunWithFolder } from './runs-with-folder.ts';
import type { Session } from './session.ts';
import { pushOwed } from './state/push-recorded.ts';
import { configIfAny } from './workspace/config-if-any.ts';

export interface ConfirmOptions {
  /** `null`: the one that waits. */
  readonly run: string | null;
  /** Takes the run back now. */
  readonly reject: boolean;
  readonly listener: RunEventListener;
}

/**
 * Decides about a run that waits (`apply --confirm-within`) and waits until it is settled: by its guardian, or here when that is
 * gone. Whoever decides first wins. Exit 0 kept, 3 taken back, 4 needs a person. Throws exit 6 when a file is not what was
 * proven (nothing is decided then), 5 when its guardian does not act on the decision, 1 when no run ever waited or a rejection
 * comes after the run was kept or the state directory is open to others (SP6023), 64 for an unknown run.
 */
export async function confirmRun(
  session: Session,
  options: ConfirmOptions,
): Promise<ConfirmResult> {
  const result = await answered(session, options);
  // Its guardian recorded the run, but knows no workspace.
  const pushed = await pushOwed(session, await configIfAny(session), 'confirm');
  return { ...result, problems: [...result.problems, ...pushed] };
}

async function answered(session: Session, options: ConfirmOptions): Promise<ConfirmResult> {
  requirePrivateState(session.host);
  const found = find(session, options.run);
  if ('ended' in found) await refuseDamaged(session, found.ended);
  if ('ended' in found) return endedBefore(session, found.ended, options);
  const problems = await decideNow(session, found, options);
  const { run } = found.journal.header;
  const settled = await untilSettled(session, run, options.listener);
  const { report } = settled;
  const exitCode = exitCodeOf(report, null);
  return { report, problems: [...problems, ...settled.problems], exitCode };
}

async function decideNow(
  session: Session,
  run: WaitingRun,
  { reject }: ConfirmOptions,
): Promise<readonly Diagnostic[]> {
  if (reject) {
    await rejectWaiting(run, session.host, session.options.actor);
    return [];
  }
  const late = tooLate(run, session.host);
  if (late !== null) return [lateProblem(run, late)];
  const changed = await changedFiles(run, session.host);
  if (changed.length > 0) throw filesChanged(run, changed, await runLockHolder(session));
  const at = session.host.clock.now().toISOString();
  await confirmWaiting(run, { actor: session.options.actor, at });
  return [];
}

function find(session: Session, wanted: string | null): WaitingRun | { readonly ended: RunId } {
  const waiting = waitingRuns(session.host);
  const chosen = waiting.filter(
    ({ journal }) => journal.header.run === (wanted ?? journal.header.run),
  );
  const [only] = chosen;
  if (only !== undefined && chosen.length === 1) return only;
  if (wanted !== null) return { ended: wanted as RunId };
  const runs = waiting.map(({ journal }) => journal.header.run);
  if (runs.length === 0) return { ended: lastThatWaited(session) };
  throw refusal(EXIT.usage, 'SP9001', `several runs wait: ${runs.join(', ')}`, 'name one of them');
}

/** Who comes too late and names no run means the last one that waited. Throws SP4240 when there is none. */
function lastThatWaited({ host }: Session): RunId {
  const { stateDir } = host;
  const damaged = damagedProposals(host).at(-1);
  if (damaged !== undefined) return damaged.journal.header.run;
  for (const journal of openJournals(host).toReversed()) {
    if (journal.phase !== 'committed' || journal.confirmWithin === undefined) continue;
    const { run } = journal.header;
    if (readRunReport(stateDir, run)?.confirmUntil !== undefined) return run;
  }
  const runs = everyRunWithFolder(stateDir);
  const last = runs.find((run) => readRunReport(stateDir, run)?.confirmUntil !== undefined);
  if (last !== undefined) return last;
  throw refusal(EXIT.failed, 'SP4240', 'no run waits to be confirmed');
}

/** Throws SP4248 for a run whose proposal cannot be read: nobody decides anything about it here. */
async function refuseDamaged(session: Session, run: RunId): Promise<void> {
  const { stateDir } = session.host;
  const damaged = damagedProposals(session.host).find(({ journal }) => journal.header.run === run);
  if (damaged === undefined) return;
  const holder = await runLockHolder(session);
  throw refusal(
    EXIT.failed,
    'SP4248',
    `run ${run} cannot be confirmed or rejected: ${damaged.folder.proposal} is damaged, so nothing was decided`,
    takenBackBy(holder, run, readRunReport(stateDir, run)?.confirmUntil),
  );
}

function runLockHolder(session: Session): Promise<LockHolder | null> {
  return session.host.locks.holder(runLockFile(session));
}

/** Who takes a run back that nobody can confirm. Pid 0 is a process that is not known here, and `kill 0` would end the caller. */
function takenBackBy(holder: LockHolder | null, run: RunId, until: string | undefined): string {
  if (holder === null) {
    return `nobody waits for it any more: take it back with setpoint recover ${run}, then apply again`;
  }
  const { pid, command } = holder;
  if (pid !== 0 && saysWaiting(command)) {
    const over = until === undefined ? '' : ` (${until})`;
    return `its guardian (pid ${pid}) takes it back when its time is over${over}; to have that now, end it: kill ${pid}; then apply again`;
  }
  const who =
    pid === 0
      ? 'a process that is not known here has the run lock (setpoint locks, as root, shows it)'
      : `pid ${pid} (${command}) is at work`;
  return `${who}: when it has ended, take the run back with setpoint recover ${run}, if setpoint status still shows it`;
}

/** Somebody was faster, or the run never waited: what became of it is the answer. */
async function endedBefore(
  session: Session,
  run: RunId,
  { reject, listener }: ConfirmOptions,
): Promise<ConfirmResult> {
  const known = readRunReport(session.host.stateDir, run);
  if (known === null && existsSync(journalPath(session.host.stateDir, run))) {
    throw refusal(EXIT.failed, 'SP4240', `run ${run} does not wait to be confirmed: it is at work`);
  }
  if (known === null) throw await withoutReport(session, run);
  const { report, problems } = await untilSettled(session, run, listener);
  const tooLate = reject && report.outcome === 'applied';
  const exitCode = tooLate ? EXIT.failed : exitCodeOf(report, null);
  return { report, problems: [endedProblem(report, reject), ...problems], exitCode };
}

/** What is recorded of a run that is not open and has no report: kept, taken back, or nothing. */
async function withoutReport(session: Session, run: RunId): Promise<SetpointError> {
  const commits = await openState(session).commitsOfRun(run);
  const last = commits.map(historyEntry).findLast((entry) => entry.run === run);
  if (last === undefined) {
    return refusal(
      EXIT.usage,
      'SP9001',
      `no run ${run} is open or recorded on this host`,
      'setpoint status lists open runs, setpoint history those that recorded something',
    );
  }
  return refusal(
    last.status === 'reverted' ? EXIT.reverted : EXIT.failed,
    'SP4244',
    `run ${run} does not wait any more: it was recorded as ${last.status} at ${last.at}, but its report is missing; this command changed nothing`,
    `setpoint history show ${run} tells what its commits and audit rows have`,
  );
}

function endedProblem({ run, outcome, endedAt }: RunReport, reject: boolean): Diagnostic {
  const code = 'SP4241';
  if (outcome === 'applied' && reject) {
    return {
      code,
      severity: 'error',
      message: `run ${run} was not rejected: it was kept already, at ${endedAt}`,
      help: 'its files stay; to go back, apply the plan as it was before, or: setpoint backup list',
    };
  }
  const became =
    outcome === 'applied'
      ? `it was kept already, at ${endedAt}; this command changed nothing`
      : `it ended ${outcome} at ${endedAt}`;
  return { code, severity: 'warning', message: `run ${run} does not wait any more: ${became}` };
}

function lateProblem({ journal, proposal }: WaitingRun, why: 'restarted' | 'expired'): Diagnostic {
  const because =
    why === 'expired'
      ? `its time was over at ${proposal.confirmation.until}`
      : 'the host was restarted since';
  return {
    code: 'SP4243',
    severity: 'error',
    message: `run ${journal.header.run} cannot be confirmed: ${because}, so it is taken back`,
  };
}

function filesChanged(
  { journal, proposal }: WaitingRun,
  files: readonly string[],
  holder: LockHolder | null,
): SetpointError {
  const { run } = journal.header;
  const { until } = proposal.confirmation;
  const otherwise =
    holder === null
      ? `nobody waits for it any more: without that it stays until setpoint recover ${run}, which takes it back`
      : `without that it is taken back at ${until}`;
  return refusal(
    EXIT.stale,
    'SP4242',
    `run ${run} was not confirmed: ${files.join(', ')} was changed by somebody else since it was proven`,
    `take the edit out and confirm again, or take the run back now (setpoint confirm --reject ${run}), which keeps an edit of other lines but needs a person (exit 4, setpoint recover) where it is at lines of the run; ${otherwise}`,
  );
}

function refusal(
  exitCode: 1 | 3 | 6 | 64,
  code: Diagnostic['code'],
  message: string,
  help?: string,
): SetpointError {
  const problem: Diagnostic = { code, severity: 'error', message };
  return new SetpointError(exitCode, [help === undefined ? problem : { ...problem, help }]);
}
