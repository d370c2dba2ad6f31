import type { EndedRun } from '../apply/run/drive-run.ts';
import type { CommittedJournal, Journal } from '../apply/journal/journal.ts';
import { openJournals } from '../apply/journal/journal-file.ts';
import { forPerson, needsPerson } from '../apply/journal/for-person.ts';
import { settleChosen } from '../apply/recovery/recover.ts';
import { tooLate, waitingRuns } from '../apply/run/waiting-run.ts';
import type { Code } from '../diagnostics/codes/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../host/ports.ts';
import type { RunId } from '../model/brand.ts';
import { EXIT, type ExitCode, type SettleChoice } from '../model/outcome.ts';
import type { RunEventListener } from '../model/run-event.ts';
import { tendBackups } from './backups/tend-backups.ts';
import { openGuardianIfPossible } from './recovery/open-guardian.ts';
import type { RecoverResult } from './results.ts';
import { foreignState } from './running/foreign-state.ts';
import { lastTakenBack } from './running/last-taken-back.ts';
import { readOpenRuns } from './running/open-runs.ts';
import { refuseRunsOfOthers } from './running/refuse-other-name.ts';
import { recoveryProspect } from './running/recovery-prospect.ts';
import { runsToSettle } from './running/runs-to-settle.ts';
import { recoveryContext, recoveryExitCode, settleRuns } from './running/settle-leftovers.ts';
import { tendState } from './running/tend-state.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

export interface RecoverRequest {
  /** Beginnings of run ids; empty: every open run, or (with a choice) the one that needs a person. */
  readonly runs: readonly string[];
  /** What is to become of the files of runs whose revert failed; `null`: the revert is tried again. */
  readonly choice: { readonly choice: SettleChoice; readonly reason: string | null } | null;
  readonly dryRun: boolean;
  readonly listener: RunEventListener;
}

/**
 * Settles open runs. Exit 0 nothing to do, finished forward or kept, 3 reverted, 4 needs a person or left a file to somebody
 * else, 5 lock not obtained.
 * Throws SP4250, SP4251 (exit 64) when it is not clear which run is meant, SP4255 (exit 4) when another choice was begun.
 */
export async function recoverRuns(
  session: Session,
  request: RecoverRequest,
): Promise<RecoverResult> {
  if (request.dryRun) return dryRun(session, request);
  if (openJournals(session.host).length === 0) {
    refuseUnknown([], request.runs);
    const nothing = await answer(session, [], request, foreignState(session), EXIT.done);
    const taken = await lastTakenBack(session);
    return taken === null ? nothing : { ...nothing, lastTakenBack: taken };
  }
  return underRunLock(session, 'recover', async (lock) => {
    const open = openJournals(session.host);
    refuseUnknown(open, request.runs);
    const settled =
      request.choice === null
        ? await settleAgain(session, lock, open, request)
        : await settleAsChosen(session, lock, open, request, request.choice);
    const told = settled.ended.flatMap((one) => one.diagnostics);
    const warnings = [
      ...foreignState(session),
      ...(await tendState(
        session,
        lock,
        settled.ended.map(({ report }) => report),
      )),
      ...(await tendBackups(session)),
    ];
    const problems = [...settled.problems, ...told, ...warnings];
    return answer(session, settled.ended, request, problems, recoveryExitCode(settled.ended));
  });
}

interface Settled {
  readonly ended: readonly EndedRun[];
  readonly problems: readonly Diagnostic[];
}

async function settleAgain(
  session: Session,
  lock: HeldLock,
  open: readonly Journal[],
  { runs, listener }: RecoverRequest,
): Promise<Settled> {
  const { signal } = new AbortController();
  const only = runs.length === 0 ? {} : { only: named(open, runs) };
  return { ended: await settleRuns(session, lock, { listener, signal, ...only }), problems: [] };
}

/** What dead appliers left is settled the ordinary way first: only then it is known which runs need a person. */
async function settleAsChosen(
  session: Session,
  lock: HeldLock,
  open: readonly Journal[],
  { runs, listener }: RecoverRequest,
  chosen: NonNullable<RecoverRequest['choice']>,
): Promise<Settled> {
  const ids = named(open, runs);
  const meant = open.filter(({ header }) => runs.length === 0 || ids.has(header.run));
  refuseRunsOfOthers(session.hostName, meant);
  refuseOtherChoice(open, ids, chosen.choice);
  if (runs.length === 0) refuseSeveral(open.filter(needsPerson));
  const { guardian, problems } = await openGuardianIfPossible(session, lock);
  const { signal } = new AbortController();
  const settling = { listener, signal };
  const ordinary = await settleRuns(session, lock, { ...settling, retryFailed: false });
  const left = openJournals(session.host).filter(needsPerson);
  if (runs.length === 0) refuseSeveral(left);
  const context = recoveryContext(session, lock, settling);
  const at = session.host.clock.now().toISOString();
  const settlement = { ...chosen, actor: session.options.actor, at };
  const ended = [...ordinary];
  for (const journal of left) {
    if (runs.length > 0 && !ids.has(journal.header.run)) continue;
    const earlier = ended.findIndex(({ report }) => report.run === journal.header.run);
    // Its ordinary recovery failed a moment ago: what counts is how it ends now.
    if (earlier >= 0) ended.splice(earlier, 1);
    ended.push(await settleChosen(context, journal, settlement));
  }
  // As in an apply: after an exception it stays until this process ends.
  await guardian?.dismiss();
  return { ended, problems: [...problems, ...notNeeded(ended, chosen.choice)] };
}

function notNeeded(ended: readonly EndedRun[], choice: SettleChoice): readonly Diagnostic[] {
  return ended
    .filter(({ open, report }) => !open && report.settled === undefined)
    .map(({ report }) => ({
      code: 'SP4256',
      severity: 'warning',
      message: `run ${report.run} was settled without a choice (${report.outcome}): --${choice} was not carried out`,
    }));
}

async function dryRun(session: Session, request: RecoverRequest): Promise<RecoverResult> {
  const { holder, openRuns } = await readOpenRuns(session);
  const open = openJournals(session.host);
  refuseUnknown(open, request.runs);
  // What is shown under another name could not be done under it.
  const ids = named(open, request.runs);
  const meant = open.filter(({ header }) => request.runs.length === 0 || ids.has(header.run));
  refuseRunsOfOthers(session.hostName, meant);
  const stuck = open.some(forPerson(session.host.stateDir));
  const exitCode = stuck ? EXIT.needsPerson : EXIT.done;
  const shown = await answer(session, [], request, foreignState(session), exitCode);
  if (holder === null) return shown;
  // What a living process works on is not left open.
  const work = new Set(shown.leftOpen.map(({ run }) => run));
  const runs = openRuns.filter(({ run }) => work.has(run));
  return { ...shown, leftOpen: [], running: { holder, runs } };
}

async function answer(
  session: Session,
  ended: readonly EndedRun[],
  { dryRun, runs }: RecoverRequest,
  problems: readonly Diagnostic[],
  exitCode: ExitCode,
): Promise<RecoverResult> {
  const open = openJournals(session.host);
  const ids = named(open, runs);
  const shown = ({ run }: { readonly run: RunId }): boolean => runs.length === 0 || ids.has(run);
  const isForPerson = forPerson(session.host.stateDir);
  const left = open.filter((journal) => !isForPerson(journal) && shown(journal.header));
  return {
    recovered: ended.map(({ report }) => report),
    needsPerson: (await runsToSettle(session)).filter(shown),
    leftOpen: left.map((journal) => leftOpen(session, journal, dryRun)),
    running: null,
    dryRun,
    problems,
    exitCode,
  };
}

function leftOpen(
  { host }: Session,
  journal: Journal,
  dryRun: boolean,
): RecoverResult['leftOpen'][number] {
  const { run, plan } = journal.header;
  const waits = waitingRuns(host).find((one) => one.journal.header.run === run);
  const inTime = waits !== undefined && tooLate(waits, host) === null;
  return {
    run,
    plan,
    ...(inTime ? { confirmUntil: waits.proposal.confirmation.until } : {}),
    ...(dryRun ? { prospect: recoveryProspect(host, journal) } : {}),
  };
}

function named(open: readonly Journal[], prefixes: readonly string[]): ReadonlySet<RunId> {
  const ids = open.map(({ header }) => header.run);
  return new Set(ids.filter((id) => prefixes.some((prefix) => begins(id, prefix))));
}

function begins(id: RunId, prefix: string): boolean {
  return prefix !== '' && id.startsWith(prefix.toUpperCase());
}

function refuseUnknown(open: readonly Journal[], prefixes: readonly string[]): void {
  const unknown = prefixes.filter((one) => !open.some(({ header }) => begins(header.run, one)));
  if (unknown.length === 0) return;
  throw refusal(
    EXIT.usage,
    'SP4251',
    `no open run begins with ${unknown.join(', ')}`,
    'setpoint status',
  );
}

function refuseSeveral(stuck: readonly CommittedJournal[]): void {
  if (stuck.length < 2) return;
  const names = stuck.map(({ header }) => `${header.run} (plan ${header.plan})`).join(', ');
  const message = `${String(stuck.length)} runs need a person: ${names}`;
  throw refusal(EXIT.usage, 'SP4250', message, 'Name the run: `setpoint recover RUN --take-old`.');
}

function refuseOtherChoice(
  open: readonly Journal[],
  ids: ReadonlySet<RunId>,
  choice: SettleChoice,
): void {
  for (const journal of open) {
    const begun = journal.phase === 'committed' ? journal.settlement : undefined;
    const meant = ids.size === 0 || ids.has(journal.header.run);
    if (begun === undefined || begun.choice === choice || !meant) continue;
    const message = `run ${journal.header.run} is being settled with --${begun.choice} by ${begun.actor} since ${begun.at}`;
    throw refusal(EXIT.needsPerson, 'SP4255', message, 'Finish that first: `setpoint recover`.');
  }
}

function refusal(exitCode: ExitCode, code: Code, message: string, help: string): SetpointError {
  return new SetpointError(exitCode, [{ code, severity: 'error', message, help }]);
}
