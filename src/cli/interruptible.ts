import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { exitCodeFor, listenForInterrupts } from './signals.ts';
import type { InterruptSignal, InterruptTalk } from './signals.ts';

export interface Interruptible<T> {
  readonly value: T;
  /** The signal that arrived while `work` went on. */
  readonly received: InterruptSignal | null;
}

/** Runs `work` with a signal that the first SIGINT, SIGTERM or SIGHUP aborts; the second one ends the process. */
export async function interruptible<T>(
  talk: InterruptTalk,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Interruptible<T>> {
  const interrupts = listenForInterrupts(talk);
  try {
    const value = await work(interrupts.signal);
    return { value, received: interrupts.received() };
  } catch (error) {
    const received = interrupts.received();
    throw received === null ? error : interruptedError(error, received, interrupts.signal);
  } finally {
    interrupts.dispose();
  }
}

/** The error of a command that a signal ended before it changed anything. */
export function interrupted(received: InterruptSignal): SetpointError {
  const message = `interrupted by ${received}: nothing was changed`;
  return new SetpointError(exitCodeFor(received), [{ code: 'SP9011', severity: 'error', message }]);
}

/**
 * What to throw for an error of interrupted work: the abort itself becomes an exit by signal (had a run been open, there would
 * be a result), refusals keep their text, bugs stay bugs.
 */
function interruptedError(error: unknown, received: InterruptSignal, abort: AbortSignal): unknown {
  if (error instanceof SetpointError) {
    if (error.exitCode === EXIT.needsPerson) return error;
    return new SetpointError(exitCodeFor(received), error.diagnostics, { cause: error });
  }
  const aborted = error === abort.reason || (error instanceof Error && error.name === 'AbortError');
  return aborted ? interrupted(received) : error;
}
