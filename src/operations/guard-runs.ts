import { confirmationWait, type AwaitConfirmation } from '../apply/journal/await-confirmation.ts';
import { PlaceGone } from '../apply/journal/place-gone.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { lockHolders } from '../host/lock-holders.ts';
import { adoptLock } from '../host/locks.ts';
import { becomeSoleHolder } from '../host/sole-holder.ts';
import { sparedFromOutOfMemory } from '../host/spare-memory.ts';
import type { HeldLock } from '../host/ports.ts';
import type { HostName, Millis } from '../model/brand.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import type { RunEventListener } from '../model/run-event.ts';
import type { SettledRuns } from './results.ts';
import { recoverySession, type RecoveryPlace } from './recovery/recovery-session.ts';
import { guardedPlace, type GuardedPlace } from './running/guarded-place.ts';
import { hasLeftovers, recoveryExitCode, settleRuns } from './running/settle-leftovers.ts';
import { runLockFile } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

export interface GuardOptions extends RecoveryPlace {
  readonly hostName: HostName;
  /** Descriptor of the inherited run lock. */
  readonly lockFd: number;
  /** Of this process. */
  readonly pid: number;
  /** The process whose runs are guarded. */
  readonly applier: number;
}

/** What a guardian hears and says. */
export interface GuardTalk {
  /** Everything is loaded and the lock is shared: the applier may write. */
  readonly ready: () => void;
  /**
   * Resolves once: `done` or `yours` when the applier said so (nothing is open; what is open is handed over), `gone` when its
   * end of the line closed without a word.
   */
  readonly ended: Promise<'done' | 'yours' | 'gone'>;
  /** Aborted when the guardian is told to end: a run that waits for a person is taken back then. */
  readonly stop: AbortSignal;
  readonly say: (text: string) => void;
  readonly listener: RunEventListener;
}

/** An applier's orphaned git, or an applier that handed over, has this long to end before it is killed. */
const PATIENCE = 10_000 as Millis;
const NO_WAIT = 0 as Millis;

/**
 * Shares the run lock with a living applier and settles its runs, as `recover` does, when it dies. Gives what was settled, or
 * `null` when there was nothing to do. Errors: SP6021 when `lockFd` is not the run lock.
 */
export async function guardRuns(
  options: GuardOptions,
  talk: GuardTalk,
): Promise<SettledRuns | null> {
  const session = await recoverySession(options, options.hostName, NO_WAIT);
  await shareLock(session, options);
  const place = guardedPlace(session, options.lockFd);
  const word = await sparedFromOutOfMemory(() => {
    talk.ready();
    return talk.ended;
  });
  if (word === 'done') return null;
  talk.say(word === 'gone' ? 'the applier is gone' : 'the applier handed its run over');
  if (!place.isThere()) {
    talk.say(place.words());
    return null;
  }
  // It may have let go before it died: then the next command has the lock, and settles what there is.
  const lock = await shareLock(session, options).catch(() => null);
  if (lock === null) {
    talk.say('another command has the lock: it settles what may be open');
    return null;
  }
  try {
    const killed = await becomeSoleHolder(
      runLockFile(session),
      PATIENCE,
      // One that handed over has nothing left to do; one that is gone without a word cannot be there.
      word === 'gone' ? options.applier : null,
    );
    if (killed.length > 0) talk.say(`killed what it left running: ${killed.join(', ')}`);
    if (!hasLeftovers(session)) return null;
    return await settle(session, lock, { ...options, place }, talk);
  } catch (error) {
    if (!(error instanceof PlaceGone)) throw error;
    talk.say(place.words());
    return null;
  } finally {
    lock.release();
  }
}

async function shareLock(session: Session, { lockFd, pid }: GuardOptions): Promise<HeldLock> {
  const lock = await adoptLock(lockFd);
  const file = runLockFile(session);
  if (lockHolders(file).includes(pid)) return lock;
  const message = `descriptor ${String(lockFd)} is not the lock ${file}`;
  throw new SetpointError(EXIT.failed, [{ code: 'SP6021', severity: 'error', message }]);
}

async function settle(
  session: Session,
  lock: HeldLock,
  { pid, place }: GuardOptions & { readonly place: GuardedPlace },
  talk: GuardTalk,
): Promise<SettledRuns> {
  const since = session.host.clock.now().toISOString();
  lock.describe({ pid, command: 'setpoint guardian', since });
  talk.say('settling what it left');
  const { signal } = new AbortController();
  const { listener } = talk;
  const wait = confirmationWait(session.host.clock, talk.stop, place.isThere);
  const awaitConfirmation: AwaitConfirmation = (folder, left) =>
    sparedFromOutOfMemory(() => wait(folder, left));
  const ended = await settleRuns(session, lock, {
    listener,
    signal,
    retryFailed: false,
    awaitConfirmation,
  });
  const exitCode: ExitCode = recoveryExitCode(ended);
  return {
    recovered: ended.map(({ report }) => report),
    problems: ended.flatMap(({ diagnostics }) => diagnostics),
    exitCode,
  };
}
