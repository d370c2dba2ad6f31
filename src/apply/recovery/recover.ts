import { existsSync } from 'node:fs';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RunId } from '../../model/brand.ts';
import type { RunReport } from '../../model/outcome.ts';
import { makeRunFolder } from '../journal/make-run-folder.ts';
import { resumeState } from '../machine/resume-state.ts';
import type { RevertCause, RunState } from '../machine/states.ts';
import { answerOf } from '../journal/answer.ts';
import { decisionOf } from '../journal/decision-of.ts';
import { needsPerson } from '../journal/for-person.ts';
import type { AwaitConfirmation } from '../journal/await-confirmation.ts';
import { driveRun, type EndedRun } from '../run/drive-run.ts';
import type { CommittedJournal, Journal } from '../journal/journal.ts';
import { openJournals, type JournalPlace } from '../journal/journal-file.ts';
import { newOpenRun, type OpenRun } from '../machine/open-run.ts';
import { endProcessGroups } from '../run/process-groups.ts';
import { readProposal } from '../journal/proposal.ts';
import { readRunReport } from '../journal/report-file.ts';
import { isRestored } from '../files/restore-plan.ts';
import { runFolder } from '../journal/run-folder.ts';
import type { RunContext } from '../machine/run-input.ts';
import { clearUnbegunRuns } from './unbegun-runs.ts';
import { lockRecoveredPaths } from '../machine/run-path-locks.ts';
import { settleByHand } from '../settle/settle-by-hand.ts';
import type { Settlement } from '../journal/settlement.ts';
import { readVerification } from '../journal/verification.ts';

export interface RecoverOptions {
  /** Also runs whose revert failed. Default true; `apply` leaves them to `setpoint recover`. */
  readonly retryFailed?: boolean;
  /**
   * Given by a guardian alone: it waits for `setpoint confirm` where a run needs that. Absent: such a run is taken back, because
   * the process that waited for the person is gone.
   */
  readonly awaitConfirmation?: AwaitConfirmation | undefined;
  /** Only these runs; absent: all. */
  readonly only?: ReadonlySet<RunId>;
}

/** A failed run to look at: no lock is held, so nothing may be done to it. */
export function lookAtRun(
  { host, state, toolVersion }: Pick<RunContext, 'host' | 'state' | 'toolVersion'>,
  journal: CommittedJournal,
): OpenRun {
  const lock = { fd: -1, describe() {}, release() {}, leave() {} };
  const { signal } = new AbortController();
  const context = { host, state, toolVersion, lock, signal, listener: () => {} };
  const run = newOpenRun(context, journal.header, runFolder(host.stateDir, journal.header.run));
  run.intent = journal.intent;
  resumeChosen(run, journal);
  return run;
}

/** Settles one run whose revert failed as a person chose. The caller holds the run lock. Resolves whatever happens. */
export async function settleChosen(
  context: RunContext,
  journal: CommittedJournal,
  settlement: Settlement,
): Promise<EndedRun> {
  const run = await resumeFailedRun(context, journal);
  const held = await lockRecoveredPaths(
    run,
    journal.files.map(({ path }) => path),
  );
  try {
    return await settleByHand(run, settlement);
  } finally {
    held.release();
  }
}

/**
 * Settles every open run, oldest first: never begun ⇒ cleaned up; `keep` decided ⇒ finished; else ⇒ reverted and proven. The
 * caller holds the run lock. A second call has nothing to do. Needs neither the workspace nor free space to restore files.
 * A run whose decision cannot be read waits for a person. Throws SP4220, SP4221 (exit 4) before anything is touched when a journal
 * cannot be read.
 */
export async function recoverRuns(
  context: RunContext,
  options: RecoverOptions = {},
): Promise<readonly RunReport[]> {
  const ended = await settleOpenRuns(context, options);
  return ended.map(({ report }) => report);
}

/** The open runs that a recovery settles, oldest first. Errors: SP4220, SP4221, SP4223. */
export function runsOf(
  place: JournalPlace,
  { only, retryFailed }: Pick<RecoverOptions, 'only' | 'retryFailed'>,
): readonly Journal[] {
  return openJournals(place).filter(
    (journal) =>
      (only === undefined || only.has(journal.header.run)) &&
      (retryFailed !== false || !needsPerson(journal)),
  );
}

/** As `recoverRuns`, with the diagnostics of each run. */
export async function settleOpenRuns(
  context: RunContext,
  options: RecoverOptions = {},
): Promise<readonly EndedRun[]> {
  const journals = runsOf(context.host, options);
  await clearUnbegunRuns(context.host);
  await clearGitLocks(context);
  const ended: EndedRun[] = [];
  for (const journal of journals) ended.push(await settleOpenRun(context, journal, options));
  return ended;
}

/** A git that was killed left its locks: without this no recovery could ever record. Files are restored whatever git says. */
async function clearGitLocks({ state }: RunContext): Promise<void> {
  try {
    await state.clearStaleLocks();
  } catch (error) {
    // A person's git is at work there, or the directory cannot be read: recording says so when it fails.
    if (!(error instanceof SetpointError)) throw error;
  }
}

async function settleOpenRun(
  context: RunContext,
  journal: Journal,
  { awaitConfirmation }: RecoverOptions,
): Promise<EndedRun> {
  if (journal.phase === 'committed' && journal.settlement !== undefined) {
    return settleChosen(context, journal, journal.settlement);
  }
  const run = await resumeRun(context, journal);
  run.awaitConfirmation = awaitConfirmation ?? null;
  const left = {
    phase: journal.phase,
    decision: run.decision,
    revertVerified: readVerification(run.folder.verification) !== null,
    confirmation: confirmationOf(run),
  };
  const paths = journal.phase === 'committed' ? journal.files.map(({ path }) => path) : [];
  const held = await lockRecoveredPaths(run, paths);
  try {
    return await driveRun(run, undecidable(run) ?? withCause(run, resumeState(left)), null);
  } finally {
    held.release();
  }
}

/** The run of a journal as far as its applier came, whose checks and actions are ended first. */
export async function resumeRun(context: RunContext, journal: Journal): Promise<OpenRun> {
  const run = await takeUp(context, journal);
  if (journal.phase === 'committed') resume(run, journal);
  return run;
}

/** A run whose revert failed, as far as a person's choice needs it. */
export async function resumeFailedRun(
  context: RunContext,
  journal: CommittedJournal,
): Promise<OpenRun> {
  const run = await takeUp(context, journal);
  resumeChosen(run, journal);
  return run;
}

async function takeUp(context: RunContext, journal: Journal): Promise<OpenRun> {
  const { header, intent } = journal;
  const { host } = context;
  context.lock.describe({ run: header.run });
  const run = newOpenRun(context, header, runFolder(host.stateDir, header.run));
  run.context.listener({ type: 'recovery-started', run: header.run, plan: header.plan });
  run.intent = intent;
  await endProcessGroups(run.folder.processGroups, host);
  if (journal.phase === 'committed' && journal.decided === undefined) makeFolderAgain(run);
  return run;
}

/** A revert whose decision could not be written (full disk) has its cause in the report, if there was room for that. */
function withCause(run: OpenRun, state: RunState): RunState {
  if (state.at !== 'turning' || run.journal === null || run.proposal !== null) return state;
  const lost = unconfirmable(run);
  if (lost !== null) return { ...state, reason: lost, hold: true };
  const { failure, files } = run.journal;
  const told = fromReport(run, causeTold);
  if (told !== null) return { ...state, ...told };
  if (failure !== null || run.begunSteps === 0 || !files.every(isRestored)) return state;
  return { ...state, reason: `${state.reason}, or what it decided could not be written` };
}

function causeTold({ outcome, reason, checks }: RunReport): RevertCause | null {
  if (outcome !== 'reverted' || reason === null) return null;
  const after = checks.filter(({ phase }) => phase !== 'before');
  return { reason, hold: after.some(({ verdict }) => verdict === 'red') };
}

/** What `take` finds in the report of a run; null when it has none or that is damaged. */
function fromReport<T>(
  { context, header }: OpenRun,
  take: (report: RunReport) => T | null,
): T | null {
  try {
    const report = readRunReport(context.host.stateDir, header.run);
    return report === null ? null : take(report);
  } catch {
    // Whatever is wrong with a report, the files come first.
    return null;
  }
}

function undecidable({ undecidable: why }: OpenRun): RunState | null {
  if (why === null) return null;
  return { at: 'failing', reason: `nobody knows whether it was kept or is to be reverted: ${why}` };
}

const DAMAGED = 'it could not be confirmed: its proposal.json is damaged';
const GONE = 'it could not be confirmed: its proposal.json is gone';

/** Why a run that was to be confirmed cannot be; null for one that had not come that far. */
function unconfirmable({ journal, proposal, folder, waitedUntil }: OpenRun): string | null {
  if (journal?.confirmWithin === undefined || proposal !== null) return null;
  if (existsSync(folder.proposal)) return DAMAGED;
  return waitedUntil === null ? null : GONE;
}

/** Before its decision nobody syncs the name of a run's folder: a power cut may have taken it. */
function makeFolderAgain({ folder }: OpenRun): void {
  try {
    makeRunFolder(folder);
  } catch (error) {
    // A full disk must not keep old files from coming back. Who needs the folder says that it is gone.
    if (!(error instanceof SetpointError)) throw error;
  }
}

/** A run whose revert has failed once waits for nobody. */
function confirmationOf({
  proposal,
  journal,
  awaitConfirmation,
}: OpenRun): 'awaited' | 'alone' | null {
  if (proposal === null) return null;
  return awaitConfirmation === null || journal?.failure !== null ? 'alone' : 'awaited';
}

/** As far as a person's choice needs it: a proposal and earlier checks do not matter any more. */
function resumeChosen(run: OpenRun, journal: CommittedJournal): void {
  takeJournal(run, journal);
  takeDecision(run, journal);
}

/** A decision that cannot be read is neither of the two: nobody but a person may guess at it. */
function takeDecision(run: OpenRun, journal: CommittedJournal): void {
  try {
    run.decision = decisionOf(journal, run.folder.decision);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    run.diagnostics.push(...error.diagnostics);
    run.undecidable = error.diagnostics.map(({ message }) => message).join('; ');
  }
}

function takeJournal(run: OpenRun, journal: CommittedJournal): void {
  run.journal = journal;
  run.before = journal.before;
  run.begunSteps = journal.steps.length;
  run.commits.push(...journal.trees.earlier);
}

function resume(run: OpenRun, journal: CommittedJournal): void {
  takeJournal(run, journal);
  takeDecision(run, journal);
  run.proposal = journal.confirmWithin === undefined ? null : readProposal(run.folder);
  run.waitedUntil = fromReport(run, ({ confirmUntil }) => confirmUntil ?? null);
  if (journal.confirmWithin !== undefined) run.answer = answerOf(run.folder, run.decision);
  const known = run.decision ?? run.proposal;
  run.acted.push(...(known?.acted ?? []));
  run.retried = journal.failure !== null && journal.files.every(isRestored);
  run.checks.push(...(known?.checks ?? journal.before));
}
