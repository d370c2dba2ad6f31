import { EXIT } from '../model/outcome.ts';
import type { ExitCode } from '../model/outcome.ts';

export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const SIGNALS: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** 128 + the signal's number, as shells report it. */
export function exitCodeFor(signal: InterruptSignal): ExitCode {
  const codes = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hangup };
  return codes[signal];
}

function exitNow(signal: InterruptSignal): void {
  process.exit(exitCodeFor(signal));
}

/**
 * Commands that change nothing end at once, with an exit code instead of a death by signal, which pipelines report in
 * different ways.
 */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) process.on(signal, exitNow);
}

/** Interrupts of a run that must settle before the process may end. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** The first signal that arrived. */
  received(): InterruptSignal | null;
  /** Back to ending at once. */
  dispose(): void;
}

export interface InterruptTalk {
  /** First signal: the run is being settled. */
  readonly first: (signal: InterruptSignal) => void;
  /** Second signal: the process ends when this returns. */
  readonly second: (signal: InterruptSignal) => void;
}

/** First signal: aborts. Second: tells and ends the process with that signal's exit code. */
export function listenForInterrupts(talk: InterruptTalk): Interrupts {
  const controller = new AbortController();
  let received: InterruptSignal | null = null;
  function onSignal(signal: InterruptSignal): void {
    if (received === null) {
      received = signal;
      // Before anything is said: what is to be reverted does not wait for a terminal.
      controller.abort(new Error(`interrupted by ${signal}`));
      talk.first(signal);
      return;
    }
    talk.second(signal);
    process.exit(exitCodeFor(signal));
  }
  for (const signal of SIGNALS) {
    process.off(signal, exitNow);
    process.on(signal, onSignal);
  }
  return {
    signal: controller.signal,
    received: () => received,
    dispose() {
      for (const signal of SIGNALS) {
        process.off(signal, onSignal);
        process.on(signal, exitNow);
      }
    },
  };
}
