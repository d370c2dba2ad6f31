import { openJournals } from '../apply/journal/journal-file.ts';
import type { EndedRun } from '../apply/run/drive-run.ts';
import { restoreOpenRuns } from '../apply/recovery/restore-open-runs.ts';
import type { HeldLock } from '../host/ports.ts';
import { openRoot } from '../host/root.ts';
import type { Millis } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import type { RunEventListener } from '../model/run-event.ts';
import { recoverySession, type RecoveryPlace } from './recovery/recovery-session.ts';
import type { SettledRuns } from './results.ts';
import { recoveryContext, recoveryExitCode, settleRuns } from './running/settle-leftovers.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

/** `restore`: only bytes, before anything reads them. `verify`: gates, actions and records, once the host is up. */
export type BootStage = 'restore' | 'verify';

/** A command that is settling the same run right now: it, too, may wait for gates. */
const LOCK_TIMEOUT = 600_000 as Millis;

/**
 * One stage of settling, after a boot, the runs that were open when the machine went down. Nothing open: takes no lock,
 * creates nothing. Exit codes as `recover`; a run whose bytes are back but not proven counts as reverted.
 */
export async function settleAtBoot(
  stage: BootStage,
  place: RecoveryPlace,
  listener: RunEventListener,
): Promise<SettledRuns> {
  const [first] = openJournals({ ...place, root: openRoot(place.root) });
  if (first === undefined) return { recovered: [], problems: [], exitCode: EXIT.done };
  // The name that the record belongs to, whatever this machine is called before its network is up.
  const session = await recoverySession(place, first.header.host, LOCK_TIMEOUT);
  return underRunLock(session, `${stage} at boot`, async (lock) => {
    const ended = await settleStage(stage, session, lock, listener);
    return {
      recovered: ended.map(({ report }) => report),
      problems: ended.flatMap(({ diagnostics }) => diagnostics),
      exitCode: stage === 'verify' ? recoveryExitCode(ended) : restoredExitCode(ended),
    };
  });
}

function settleStage(
  stage: BootStage,
  session: Session,
  lock: HeldLock,
  listener: RunEventListener,
): Promise<readonly EndedRun[]> {
  const { signal } = new AbortController();
  if (stage === 'verify') {
    return settleRuns(session, lock, { listener, signal, retryFailed: false });
  }
  return restoreOpenRuns(recoveryContext(session, lock, { listener, signal }));
}

function restoredExitCode(ended: readonly EndedRun[]): SettledRuns['exitCode'] {
  if (ended.some(({ report }) => report.outcome === 'revert-failed')) return EXIT.needsPerson;
  return ended.some(({ report }) => report.outcome === 'reverted') ? EXIT.reverted : EXIT.done;
}
