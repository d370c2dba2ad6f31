import { existsSync, watch } from 'node:fs';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { readRunReport } from '../../apply/journal/report-file.ts';
import { journalDirectory, journalPath } from '../../apply/journal/run-folder.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { Millis, RunId } from '../../model/brand.ts';
import type { RunReport } from '../../model/outcome.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { Session } from '../session.ts';
import { settlingPatience } from './settling-patience.ts';
import { settleRuns } from './settle-leftovers.ts';
import { runLockFile } from './under-run-lock.ts';

/** How often it is looked whether the process that settles is gone: the kernel tells nobody that a lock is free. */
const LOOK = 250 as Millis;

interface SettledRun {
  readonly report: RunReport;
  readonly problems: readonly Diagnostic[];
}

/**
 * Waits until a run is settled by whoever holds the run lock; settles it here when nobody does. Resolves with its last report.
 * Throws SP4244 (exit 4) when it left none, SP4247 (exit 5) when the holder of the lock does nothing.
 */
export async function untilSettled(
  session: Session,
  run: RunId,
  listener: RunEventListener,
): Promise<SettledRun> {
  const { stateDir } = session.host;
  const requireProgress = settlingPatience(session, run);
  while (existsSync(journalPath(stateDir, run))) {
    const lock = await tryLock(session);
    if (lock === null) {
      await requireProgress();
      await changed(session, run);
      continue;
    }
    try {
      return await settleHere(session, lock, run, listener);
    } finally {
      lock.release();
    }
  }
  return { report: lastReport(session, run), problems: [] };
}

/** The lock is ours: whoever was to settle the run is gone, or it ended in a state that needs a person. */
async function settleHere(
  session: Session,
  lock: HeldLock,
  run: RunId,
  listener: RunEventListener,
): Promise<SettledRun> {
  const { signal } = new AbortController();
  const open = openJournals(session.host).some(({ header }) => header.run === run);
  const ended = open
    ? await settleRuns(session, lock, { listener, signal, retryFailed: false })
    : [];
  const problems = ended.flatMap(({ diagnostics }) => diagnostics);
  const mine = ended.find(({ report }) => report.run === run);
  return { report: mine?.report ?? lastReport(session, run), problems };
}

async function tryLock(session: Session): Promise<HeldLock | null> {
  try {
    return await session.host.locks.acquire(runLockFile(session), 'setpoint confirm', 0 as Millis);
  } catch (error) {
    if (error instanceof SetpointError && error.exitCode === EXIT.locked) return null;
    throw error;
  }
}

/** Resolves when something happens to the journals, or after a while. */
async function changed({ host }: Session, run: RunId): Promise<void> {
  const over = new AbortController();
  const event = new Promise<void>((resolve) => {
    try {
      watch(journalDirectory(host.stateDir), { signal: over.signal }, () => resolve()).on(
        'error',
        () => {},
      );
    } catch {
      // Nothing can be watched here: it is looked again after a while.
    }
    if (!existsSync(journalPath(host.stateDir, run))) resolve();
  });
  await Promise.race([event, host.clock.sleep(LOOK, over.signal)]);
  over.abort();
}

function lastReport({ host }: Session, run: RunId): RunReport {
  const report = readRunReport(host.stateDir, run);
  if (report !== null) return report;
  throw new SetpointError(EXIT.needsPerson, [
    {
      code: 'SP4244',
      severity: 'error',
      message: `run ${run} is settled, but it left no report`,
      help: `look: setpoint history show ${run}; setpoint status`,
    },
  ]);
}
